using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
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
            await AloneAsync(account, () => eraser.EraseAsync(account, ErasureCause.Uninstalled, cancellationToken), cancellationToken);
        }

        foreach (var account in await erasures.ListErasedAsync(time.GetUtcNow(), cancellationToken))
        {
            await AloneAsync(account, () => eraser.SweepAsync(account, cancellationToken), cancellationToken);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = (await connections.ListRenewableAsync(cancellationToken)).Where(grant => grant.IsDue(now));
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = RenewalsAtOnce, CancellationToken = cancellationToken },
            async (grant, cancelled) => await AloneAsync(grant.Account, () => keeper.RenewAsync(grant.Account, grant.ClientId, cancelled), cancelled));
    }

    private async Task PlanErasuresAsync(CancellationToken cancellationToken)
    {
        foreach (var (account, hasWorkingGrant, isConfirmed, planned) in await erasures.ListCandidatesAsync(cancellationToken))
        {
            await AloneAsync(account, () => PlanErasureAsync(account, hasWorkingGrant, isConfirmed, planned, cancellationToken), cancellationToken);
        }
    }

    private async Task PlanErasureAsync(AccountId account, bool hasWorkingGrant, bool isConfirmed, DateTimeOffset? planned, CancellationToken cancellationToken)
    {
        var isChosen = (await settings.GetAsync(account, cancellationToken)).Settings.EraseAfterUninstall;
        var eraseAt = ErasureRule.At(isChosen, hasWorkingGrant, isConfirmed, planned, time.GetUtcNow());
        if (eraseAt != planned)
        {
            await erasures.PlanAsync(account, eraseAt, cancellationToken);
            Log.Planned(logger, account.Value, eraseAt);
        }
    }

    /// <summary>Whatever is wrong with one account, settings that cannot be read for one, the others are looked after all the same.</summary>
    private async Task AloneAsync(AccountId account, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is CrmException or ConnectionLostException)
        {
            // Kept with the grant, where the state of the connection is read from.
            Log.NotRenewed(logger, account.Value, failure.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, account.Value, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A token of account {Account} was not renewed ahead of its end. {Failure}")]
        public static partial void NotRenewed(ILogger logger, long account, string failure);

        [LoggerMessage(3, LogLevel.Error, "Account {Account}: its connection could not be looked after; the next round tries again.")]
        public static partial void Failed(ILogger logger, long account, Exception failure);

        [LoggerMessage(2, LogLevel.Warning, "The erasure of account {Account} is planned for {EraseAt:u} (nothing: taken back).")]
        public static partial void Planned(ILogger logger, long account, DateTimeOffset? eraseAt);
    }
}
