using Microsoft.Extensions.Options;
using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>Puts the reconciling job into the store when the service starts, and renews the jobs of accounts that are there.</summary>
internal sealed class ReconcileStart(
    ISchedulerFactory schedulers, AccountSchedules schedules, IOptions<SchedulingOptions> options, TimeProvider time) : IHostedService
{
    private const string Name = "reconcile";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await schedules.RenewAsync(cancellationToken);
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var job = JobBuilder.Create<ReconcileQuartzJob>().WithIdentity(Name).Build();
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(Name)
            .StartAt(time.GetUtcNow())
            .WithSchedule(SimpleScheduleBuilder.Create()
                .WithInterval(TimeSpan.FromSeconds(options.Value.ReconcileSeconds))
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build();
        await scheduler.ScheduleJob(job, trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
