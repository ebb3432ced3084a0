namespace AmoLtv.AmoCrm.Transport;

/// <summary>An account that is asked nothing for the time being.</summary>
/// <param name="Reason">The CRM's own words, null where it gave none.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="ProbeAt">When one request asks whether it is over.</param>
public sealed record OpenCircuit(CircuitCause Cause, string? Reason, DateTimeOffset OpenedAt, DateTimeOffset ProbeAt)
{
    public CrmFailure Failure => Cause switch
    {
        CircuitCause.Blocked => CrmFailure.Blocked,
        CircuitCause.Unpaid => CrmFailure.PaymentRequired,
        _ => CrmFailure.Throttled,
    };
}
