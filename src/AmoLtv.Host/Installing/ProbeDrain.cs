namespace AmoLtv.Host.Installing;

/// <summary>Asks the CRM about grants whose time has come: at once when a hook arrived, and every few seconds what waits for its day or hour.</summary>
public sealed partial class ProbeDrain(ConnectionStore store, ConnectionProbe probe, TimeProvider time, ILogger<ProbeDrain> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly WakeSignal _signal = new(time);

    /// <summary>A hook arrived.</summary>
    public void Wake() => _signal.Wake();

    /// <summary>Asks about what is due, once.</summary>
    /// <returns>How many grants were asked about.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await store.TakeDueProbesAsync(AtOnce, time.GetUtcNow(), cancellationToken);
        await Task.WhenAll(due.Select(grant => probe.ProbeAsync(grant.Account, grant.ClientId, cancellationToken)));
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await RunAsync(stoppingToken) == AtOnce)
                {
                    // More may wait.
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: what was to be asked about waits in the database, and other accounts wait for this round.
                Log.Failed(logger, failure);
            }

            await _signal.WaitAsync(Pause, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A round of looking after connections failed; the next one begins in seconds.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
