using System.Threading.Channels;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>Exchanges pending grants in the background: at once when told, and every few seconds what a retry or a dead process left.</summary>
public sealed partial class GrantDrain(PendingGrantStore pending, GrantExchange exchange, TimeProvider time, ILogger<GrantDrain> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A pending grant was added.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var id in await pending.ListDueAsync(stoppingToken))
                {
                    await exchange.ProcessAsync(id, stoppingToken);
                }
            }
            catch (NpgsqlException failure)
            {
                // The database comes back or the operator stops us; codes wait in it meanwhile.
                Log.NoDatabase(logger, failure);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pause = Task.Delay(Pause, time, limit.Token);
        var wake = _wake.Reader.WaitToReadAsync(limit.Token).AsTask();
        await Task.WhenAny(pause, wake);
        await limit.CancelAsync();
        _wake.Reader.TryRead(out _);
        await Task.WhenAll(pause, wake).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Pending installs wait: the database does not answer.")]
        public static partial void NoDatabase(ILogger logger, Exception failure);
    }
}
