using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Notices;

/// <summary>Lets a round of notices happen again and again while the service runs; whatever fails in one, the next one comes.</summary>
internal sealed partial class NoticeWatch(
    NoticeRound round, IOptions<NoticesOptions> options, ILogger<NoticeWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The machine's own time, never a sandbox's: hurried time would only ask the database more often.
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.CheckSeconds), TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await round.RunAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Notices could not be looked after; the next round tries again.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
