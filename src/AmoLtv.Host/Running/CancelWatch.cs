using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>
/// Asks each second whether a person wants a run to end, whichever process the wish was put down by; the run's steps then stop where
/// they are, as they do when the service stops.
/// </summary>
internal sealed class CancelWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _asked;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _watching;

    public CancelWatch(RunStore runs, RunContext run, CancellationToken cancellationToken)
    {
        _asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _watching = WatchAsync(runs, run, _ended.Token);
    }

    /// <summary>Cancelled when a person asked for it, and when the caller of the run did.</summary>
    public CancellationToken Asked => _asked.Token;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
        _ended.Dispose();
        _asked.Dispose();
    }

    private async Task WatchAsync(RunStore runs, RunContext run, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            // The machine's own time: a person waits.
            await Task.Delay(Period, TimeProvider.System, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!ended.IsCancellationRequested && await runs.IsCancelAskedAsync(run, ended))
                {
                    await _asked.CancelAsync();
                    return;
                }
            }
            catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
            {
                // A database that is away decides over the run by the lease; the wish is read when it is back.
            }
        }
    }
}
