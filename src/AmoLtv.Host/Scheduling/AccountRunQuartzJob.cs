using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Quartz;

namespace AmoLtv.Host.Scheduling;

/// <summary>What the scheduler calls for an account: never twice at once, and what it throws is tried again.</summary>
[DisallowConcurrentExecution]
internal sealed class AccountRunQuartzJob(AccountRunJob job) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var account = long.Parse(context.MergedJobDataMap.GetString(AccountSchedules.AccountKey)!, CultureInfo.InvariantCulture);
        var cause = context.MergedJobDataMap.TryGetString(AccountSchedules.CauseKey, out var said) ? said : null;
        await job.RunAsync(new AccountId(account), cause ?? RunCause.Night, cancellationToken);
    }
}
