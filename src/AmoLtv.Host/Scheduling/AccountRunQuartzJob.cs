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
        var delay = context.ScheduledFireTimeUtc is { } planned ? context.FireTimeUtc - planned : TimeSpan.Zero;
        using var span = RunTelemetry.BeginTrigger(new AccountId(account), cause ?? RunCause.Night, delay);
        var due = context.MergedJobDataMap.TryGetString(AccountSchedules.DueKey, out var moment) && moment is not null
            ? DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)
            : (DateTimeOffset?)null;
        // A recovered firing is given what its trigger holds now, which may already be the night after it.
        var isOfAnother = context.Recovering && due > context.FireTimeUtc;
        await job.RunAsync(new AccountId(account), cause ?? RunCause.Night, isOfAnother ? null : due, cancellationToken);
    }
}
