namespace AmoLtv.Host.Running;

/// <summary>Work that a slice wants done again and again while the service runs.</summary>
public interface IRecurringJob
{
    /// <summary>Unique, lower case; it names the job in the scheduler's store.</summary>
    string Name { get; }

    /// <summary>From one beginning to the next; a round that takes longer delays the next one.</summary>
    TimeSpan Every { get; }

    /// <summary>
    /// Whether every process does it, each for the accounts that no other holds (ADR 4): so more processes do more of it. Else it is done by one
    /// process of the cluster at a time.
    /// </summary>
    bool IsOfEveryProcess => false;

    /// <exception cref="OperationCanceledException">The service is stopping.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
