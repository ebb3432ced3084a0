namespace AmoLtv.Core.Settings;

/// <summary>How clients are cut into tiers.</summary>
public enum TierRule
{
    /// <summary>By the share of the base's value that lies before the client, percent.</summary>
    Share = 0,

    /// <summary>By the share of clients that lie before the client, percent.</summary>
    Percentile = 1,

    /// <summary>By the client's own LTV, in the account's currency.</summary>
    Money = 2,
}
