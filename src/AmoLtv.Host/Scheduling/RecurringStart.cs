using AmoLtv.Host.Running;
using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>Puts recurring work of the slices that one process does for all into the store when the service starts.</summary>
internal sealed class RecurringStart(ISchedulerFactory schedulers, IEnumerable<IRecurringJob> jobs, TimeProvider time) : IHostedService
{
    private const string Group = "recurring";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var recurring in jobs)
        {
            if (recurring.IsOfEveryProcess)
            {
                // An earlier version, in which one process did it for all, left it there.
                await scheduler.DeleteJob(new JobKey(recurring.Name, Group), cancellationToken);
                continue;
            }

            var job = JobBuilder.Create<RecurringQuartzJob>()
                .WithIdentity(new JobKey(recurring.Name, Group))
                .UsingJobData(RecurringQuartzJob.NameKey, recurring.Name)
                .Build();
            var trigger = TriggerBuilder.Create(time)
                .WithIdentity(new TriggerKey(recurring.Name, Group))
                .StartAt(time.GetUtcNow())
                .WithSchedule(SimpleScheduleBuilder.Create()
                    .WithInterval(recurring.Every)
                    .RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
                .Build();
            await scheduler.ScheduleJob(job, trigger, ScheduleJobOptions.Replacing, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
