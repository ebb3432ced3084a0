using Npgsql;

namespace AmoLtv.Host.Pacing;

/// <summary>
/// Asks the database for what a request to the CRM can do without. It has two seconds: a card does not wait for a database
/// that is away, it goes on as if alone. Nothing but the caller's own leaving is thrown: nobody waits for these questions, and what they
/// met would be lost without a word.
/// </summary>
internal sealed partial class Outage(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _said;

    /// <returns>What was answered, or <paramref name="otherwise"/> where no answer came in time.</returns>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, T otherwise, CancellationToken cancellationToken)
    {
        // Real time: the database is not on a sandbox's clock.
        using var limit = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ask(both.Token);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or ObjectDisposedException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (MaySay())
            {
                Log.IsAway(logger, failure.Message);
            }

            return otherwise;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (MaySay())
            {
                Log.Failed(logger, failure);
            }

            return otherwise;
        }
    }

    private bool MaySay()
    {
        lock (_gate)
        {
            if (_said is { } before && time.GetElapsedTime(before) < SayAgain)
            {
                return false;
            }

            _said = time.GetTimestamp();
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database does not answer; calls to the CRM go on at a small part of the permitted rate. {Failure}")]
        public static partial void IsAway(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Error, "What the database says of calls to the CRM could not be made use of; they go on at a small part of the permitted rate.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
