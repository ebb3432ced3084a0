namespace AmoLtv.Sandbox.Api;

/// <summary>What the limits say to a request.</summary>
internal enum RateVerdict
{
    Admitted,
    Throttled,
    Blocked,
}
