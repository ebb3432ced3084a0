using AmoLtv.Host.Running;
using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>What the scheduler calls for recurring work of the slices, found by its name.</summary>
[DisallowConcurrentExecution]
internal sealed class RecurringQuartzJob(IEnumerable<IRecurringJob> jobs) : IJob
{
    internal const string NameKey = "name";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.MergedJobDataMap.GetString(NameKey);
        if (jobs.FirstOrDefault(job => job.Name == name && !job.IsOfEveryProcess) is { } job)
        {
            await job.RunAsync(cancellationToken);
        }
    }
}
