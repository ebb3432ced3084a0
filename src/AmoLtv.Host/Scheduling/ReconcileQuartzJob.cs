using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>What the scheduler calls every half minute, in one process of the cluster.</summary>
[DisallowConcurrentExecution]
internal sealed class ReconcileQuartzJob(ReconcileJob job) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await job.RunAsync(cancellationToken);
}
