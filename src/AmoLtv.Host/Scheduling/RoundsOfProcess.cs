using AmoLtv.Host.Running;

namespace AmoLtv.Host.Scheduling;

/// <summary>Recurring work that every process takes part in (<see cref="IRecurringJob.IsOfEveryProcess"/>), until this one stops.</summary>
internal sealed partial class RoundsOfProcess(IEnumerable<IRecurringJob> jobs, ILogger<RoundsOfProcess> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(jobs.Where(job => job.IsOfEveryProcess).Select(job => RepeatAsync(job, stoppingToken)));

    /// <summary>By the machine's own time: how often a table is read is no business of a sandbox's clock.</summary>
    private async Task RepeatAsync(IRecurringJob job, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(job.Every, TimeProvider.System);
        do
        {
            try
            {
                await job.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, failure, job.Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The round of {Job} failed; the next one begins in a moment.")]
        public static partial void Failed(ILogger logger, Exception failure, string job);
    }
}
