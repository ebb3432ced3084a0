using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Webhooks;

/// <summary>
/// Follows accounts between their nights: reads what hooks named, or asks every 15 minutes where hooks do not come; and where that
/// changed anything, values the customers it made stale and writes them back. An account that a night holds is left to it for now, and
/// one that waits for a whole sync to <see cref="WholeSyncJob"/>.
/// </summary>
internal sealed partial class ChangeJob(
    ChangeFollowStore store, AccountRunner runner, IOptions<WebhooksOptions> options, TimeProvider time, ILogger<ChangeJob> logger) : IRecurringJob
{
    public string Name => "changes";

    public TimeSpan Every => TimeSpan.FromSeconds(3);

    public bool IsOfEveryProcess => true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.FollowChanges)
        {
            await RollingRound.RunAsync(ListDueAsync, FollowAsync, options.Value.MaxAtOnce, cancellationToken);
        }
    }

    private Task<IReadOnlyList<AccountId>> ListDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.ListDueAsync(now, now - TimeSpan.FromSeconds(options.Value.SettleSeconds), now - PollRule.Every, cancellationToken);
    }

    private async Task FollowAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            var read = await RunAsync(account, [RunSteps.SyncChanges], cancellationToken);
            var error = read.IsFinished ? null : read.Error ?? "It did not end.";
            if (error is null && await store.IsValuingDueAsync(account, cancellationToken))
            {
                var valued = await RunAsync(account, [RunSteps.Recalculate, RunSteps.WriteBack], cancellationToken);
                error = valued.IsFinished ? null : valued.Error ?? "It did not end.";
                if (error is null)
                {
                    await store.ValuedAsync(account, read.Run, cancellationToken);
                }
            }

            // One that waits for a whole sync has nothing to follow until then; the end of that sync ends the pause.
            var isWaiting = read.Steps.Any(step => step.Value.ContainsKey("waiting"));
            await store.EndAsync(account, error is not null, isWaiting ? PollRule.Every : null, time.GetUtcNow(), cancellationToken);
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

    private async Task<RunOutcome> RunAsync(AccountId account, IReadOnlyCollection<string> steps, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(account, new RunRequest(RunCause.Change, steps, null, TimeSpan.Zero), null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Account {Account} is followed later: {Reason}")]
        public static partial void Held(ILogger logger, AccountId account, string reason);

        [LoggerMessage(2, LogLevel.Error, "Account {Account} could not be followed; the next round tries again.")]
        public static partial void Failed(ILogger logger, Exception failure, AccountId account);
    }
}
