using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Scheduling;

/// <summary>
/// Makes the schedules follow the accounts: a night for each connected one at its own time, moved when settings or time
/// zone change, gone with the connection; and a first run for one that has just been connected.
/// </summary>
public sealed class ReconcileJob(ScheduleStore store, AccountSchedules schedules, IOptions<SchedulingOptions> options, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var accounts = await store.ListAsync(cancellationToken);
        var known = await schedules.ListAsync(cancellationToken);
        foreach (var account in accounts)
        {
            if (!known.Contains(account.Id))
            {
                await schedules.AddAsync(account.Id, cancellationToken);
                if (options.Value.RunWhenConnected && !account.HasRun)
                {
                    await schedules.RunNowAsync(account.Id, RunCause.Connected, cancellationToken);
                }
            }

            await schedules.SetNightAsync(account.Id, ScheduleRule.Next(time.GetUtcNow(), account.Time, account.Zone), cancellationToken);
        }

        foreach (var gone in known.Except(accounts.Select(account => account.Id)))
        {
            await schedules.RemoveAsync(gone, cancellationToken);
        }
    }
}
