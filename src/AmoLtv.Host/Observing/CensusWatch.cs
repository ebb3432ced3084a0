using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Observing;

/// <summary>Counts again and again while somebody is told; a count that fails leaves the gauges silent until the next one.</summary>
internal sealed partial class CensusWatch(
    CensusReader reader, CensusMeter meter, Readiness readiness, IOptions<TelemetryOptions> options, ILogger<CensusWatch> logger) : BackgroundService
{
    /// <summary>One count, as the watch takes it.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        Census? census = null;
        try
        {
            census = await reader.ReadAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            Log.NotCounted(logger, failure.Message);
        }

        meter.Take(census, await readiness.AskAsync());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The machine's own time, never a sandbox's: hurried time would only ask the database more often.
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.MetricSeconds), TimeProvider.System);
        try
        {
            do
            {
                await CountAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The accounts could not be counted for the measurements; the next round tries again. {Failure}")]
        public static partial void NotCounted(ILogger logger, string failure);
    }
}
