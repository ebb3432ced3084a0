using System.Collections.Concurrent;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Exchanges pending grants in the background: at once when told, and every few seconds what a retry or a dead process left.
/// Several hosts at a time, one grant of each: a host that does not answer delays nobody else.
/// </summary>
public sealed partial class GrantDrain(PendingGrantStore pending, GrantExchange exchange, TimeProvider time, ILogger<GrantDrain> logger) : BackgroundService
{
    private const int HostsAtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly WakeSignal _signal = new(time);

    /// <summary>A pending grant was added.</summary>
    public void Wake() => _signal.Wake();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (host, ids) in await pending.ListDueAsync(stoppingToken))
                {
                    Begin(host, ids, stoppingToken);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: codes wait in the database, and other installs wait for this round.
                Log.Failed(logger, failure);
            }

            await _signal.WaitAsync(Pause, stoppingToken);
        }

        await Task.WhenAll(_underWay.Values);
    }

    private void Begin(string host, IReadOnlyList<long> ids, CancellationToken stoppingToken)
    {
        if (_underWay.Count < HostsAtOnce && !_underWay.ContainsKey(host))
        {
            // Entered before it can end: a task that ends removes itself.
            var begin = new TaskCompletionSource();
            _underWay[host] = ProcessAsync(begin.Task, host, ids, stoppingToken);
            begin.SetResult();
        }
    }

    private async Task ProcessAsync(Task begin, string host, IReadOnlyList<long> ids, CancellationToken stoppingToken)
    {
        await begin;
        try
        {
            foreach (var id in ids)
            {
                await exchange.ProcessAsync(id, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what was not exchanged waits in the database.
        }
        catch (Exception failure)
        {
            // Nobody waits for this task: whatever it was is told here, and what was not exchanged waits in the database.
            Log.Failed(logger, failure);
        }
        finally
        {
            _underWay.TryRemove(host, out _);
            Wake();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Pending installs wait; the next attempt begins in seconds.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
