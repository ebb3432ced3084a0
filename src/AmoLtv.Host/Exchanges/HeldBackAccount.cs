namespace AmoLtv.Host.Exchanges;

/// <summary>Why an account is asked nothing.</summary>
/// <param name="Cause">blocked, unpaid or throttled.</param>
/// <param name="Reason">The CRM's own words.</param>
/// <param name="NextStep">What the admin may do.</param>
/// <param name="ProbeAt">When it is asked whether that is over.</param>
public sealed record HeldBackAccount(string Cause, string? Reason, string NextStep, DateTimeOffset Since, DateTimeOffset ProbeAt);
