using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Webhooks;

/// <summary>
/// Reads an account whole as soon as it is free where it waits for that: its settings use values nobody has stored, its CRM does not tell
/// what changed, or a whole sync was cut off. Following by hooks has places of its own, so that a large account keeps nobody else from it.
/// </summary>
internal sealed partial class WholeSyncJob(
    WholeSyncStore store, SettingsStore settings, AccountRunner runner, IOptions<WebhooksOptions> options, TimeProvider time, ILogger<WholeSyncJob> logger) : IRecurringJob
{
    public string Name => "whole-syncs";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public bool IsOfEveryProcess => true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.FollowChanges)
        {
            await RollingRound.RunAsync(ListDueAsync, SyncAsync, options.Value.MaxWholeAtOnce, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<AccountId>> ListDueAsync(CancellationToken cancellationToken)
    {
        foreach (var account in await store.ListNewlySetAsync(cancellationToken))
        {
            var saved = await settings.GetAsync(account, cancellationToken);
            var stored = await store.ListStoredFieldsAsync(account, cancellationToken);
            var isMissing = Enum.GetValues<EntityType>().Any(entity => saved.Settings.UsedFieldIds(entity).Any(field => !stored.Contains((entity, field))));
            await store.SaveComparedAsync(account, saved.SavedAt ?? time.GetUtcNow(), isMissing, time.GetUtcNow(), cancellationToken);
        }

        return await store.ListDueAsync(time.GetUtcNow(), cancellationToken);
    }

    private async Task SyncAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            var request = new RunRequest(RunCause.Change, [RunSteps.Sync, RunSteps.Recalculate, RunSteps.WriteBack], null, TimeSpan.Zero);
            var outcome = await runner.RunAsync(account, request, null, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await store.EndAsync(account, !outcome.IsFinished, time.GetUtcNow(), cancellationToken);
        }
        catch (AccountHeldException held)
        {
            Log.Held(logger, account, held.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One account's trouble is no reason to break off the others; where the database is away, this one comes again as it was.
            Log.Failed(logger, failure, account);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Account {Account} is read whole later: {Reason}")]
        public static partial void Held(ILogger logger, AccountId account, string reason);

        [LoggerMessage(2, LogLevel.Error, "Account {Account} could not be read whole; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception failure, AccountId account);
    }
}
