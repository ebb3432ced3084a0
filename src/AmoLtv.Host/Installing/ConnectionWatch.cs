using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Installing;

/// <summary>
/// What has to be done for connections though nobody asks: tokens renewed before their time, the CRM asked after a failed run, erasures
/// planned, taken back and carried out. Safe to repeat and to run in several processes.
/// </summary>
public sealed partial class ConnectionWatch(
    ConnectionStore connections, TokenKeeper keeper, ErasureStore erasures, AccountEraser eraser, SettingsStore settings,
    TimeProvider time, ILogger<ConnectionWatch> logger) : IRecurringJob
{
    private const int RenewalsAtOnce = 4;

    public string Name => "connections";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);
        await connections.AskAfterFailedRunsAsync(time.GetUtcNow(), cancellationToken);
        await PlanErasuresAsync(cancellationToken);
        foreach (var account in await erasures.ListDueAsync(time.GetUtcNow(), cancellationToken))
        {
            await eraser.EraseAsync(account, ErasureCause.Uninstalled, cancellationToken);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = (await connections.ListRenewableAsync(cancellationToken)).Where(grant => grant.IsDue(now));
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = RenewalsAtOnce, CancellationToken = cancellationToken },
            async (grant, cancelled) =>
            {
                try
                {
                    await keeper.RenewAsync(grant.Account, grant.ClientId, cancelled);
                }
                catch (Exception failure) when (failure is CrmException or ConnectionLostException)
                {
                    // Kept with the grant, where the state of the connection is read from; other grants go on.
                    Log.NotRenewed(logger, grant.Account.Value, failure.Message);
                }
            });
    }

    private async Task PlanErasuresAsync(CancellationToken cancellationToken)
    {
        foreach (var (account, hasWorkingGrant, isConfirmed, planned) in await erasures.ListCandidatesAsync(cancellationToken))
        {
            var isChosen = (await settings.GetAsync(account, cancellationToken)).Settings.EraseAfterUninstall;
            var eraseAt = ErasureRule.At(isChosen, hasWorkingGrant, isConfirmed, planned, time.GetUtcNow());
            if (eraseAt != planned)
            {
                await erasures.PlanAsync(account, eraseAt, cancellationToken);
                Log.Planned(logger, account.Value, eraseAt);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A token of account {Account} was not renewed ahead of its end. {Failure}")]
        public static partial void NotRenewed(ILogger logger, long account, string failure);

        [LoggerMessage(2, LogLevel.Warning, "The erasure of account {Account} is planned for {EraseAt:u} (nothing: taken back).")]
        public static partial void Planned(ILogger logger, long account, DateTimeOffset? eraseAt);
    }
}
