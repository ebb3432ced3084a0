using AmoLtv.Core.Settings;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Scheduling;

/// <summary>
/// Makes the schedules follow the accounts: a night for each connected one at its own time, moved when settings or time
/// zone change, set again when a process died with it, gone with the connection; and a first run for one that has just been connected. Clears what installs left behind, too.
/// </summary>
public sealed class ReconcileJob(
    ScheduleStore store, AccountSchedules schedules, InstallLeftovers leftovers, IOptions<SchedulingOptions> options, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var accounts = await store.ListAsync(cancellationToken);
        var stored = await schedules.ReadAsync(cancellationToken);
        foreach (var account in accounts)
        {
            if (!stored.Jobs.Contains(account.Id))
            {
                await schedules.AddAsync(account.Id, cancellationToken);
            }

            // Asked for until it has begun: a process may die between one line here and the next.
            if (options.Value.RunWhenConnected && !account.HasRun && !stored.Asked.Contains(account.Id))
            {
                await schedules.RunNowAsync(account.Id, RunCause.Connected, cancellationToken);
            }

            if (account.Time is { } local)
            {
                var night = ScheduleRule.Owed(account.HeldUntil, time.GetUtcNow(), local, account.Zone, account.Id);
                await schedules.SetNightAsync(account.Id, stored.Nights.GetValueOrDefault(account.Id), night, RunGroup.Of(account.LastRun), cancellationToken);
            }
        }

        foreach (var gone in stored.Jobs.Except(accounts.Select(account => account.Id)))
        {
            await schedules.RemoveAsync(gone, cancellationToken);
        }

        await leftovers.DeleteAsync(cancellationToken);
    }
}
