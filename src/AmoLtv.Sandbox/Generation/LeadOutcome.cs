namespace AmoLtv.Sandbox.Generation;

/// <summary>How a generated lead ended.</summary>
internal enum LeadOutcome
{
    Open,
    Won,
    Lost,
    Returned,
}
