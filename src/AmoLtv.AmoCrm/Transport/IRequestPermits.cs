namespace AmoLtv.AmoCrm.Transport;

/// <summary>
/// The one schedule of requests that all processes share; implemented where the database is. Nobody waits for its failures: it tells of
/// them itself, in its log, and answers as where it cannot be asked.
/// </summary>
public interface IRequestPermits
{
    /// <summary>Leases the next slots of the evenly spaced schedule. A slot that its process does not use is lost.</summary>
    /// <returns>What was given, null where the schedule cannot be asked now.</returns>
    Task<PermitAnswer?> LeaseAsync(BudgetKey key, PermitDemand demand, CancellationToken cancellationToken);

    /// <summary>The CRM asked for fewer requests: no slot is given for this long. Does nothing where the schedule cannot be asked.</summary>
    Task RestAsync(BudgetKey key, TimeSpan rest, CancellationToken cancellationToken);
}
