namespace AmoLtv.Host.Running;

/// <summary>Work that a slice wants done again and again while the service runs, in one process of the cluster at a time.</summary>
public interface IRecurringJob
{
    /// <summary>Unique, lower case; it names the job in the scheduler's store.</summary>
    string Name { get; }

    /// <summary>From one beginning to the next; a round that takes longer delays the next one.</summary>
    TimeSpan Every { get; }

    /// <exception cref="OperationCanceledException">The service is stopping.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
