using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// The step <c>sync-changes</c>, between nights: reads the cards that hooks named, or, where hooks do not come or did not say which,
/// everything that changed since the last reading. A hook is a hint and nothing more: what is stored is what the CRM's API answers.
/// A hook that our own writing caused finds nothing changed and ends there.
/// </summary>
internal sealed class SyncChangesStep(
    CrmConnections connections, SettingsStore settings, AccountListsStore lists, StageReading stages, ScanStore scans, CardStore store,
    SyncStateStore states, ChangeFollow changes, LooseEnds ends, ChangeMarkStore marks, ProductReading products, TimeProvider time, ILogger<SyncChangesStep> logger) : IRunStep
{
    public string Name => RunSteps.SyncChanges;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var current = (await settings.GetAsync(run.Account, cancellationToken)).Settings;
        var fields = new WantedFields(current, await lists.ListOutputFieldsAsync(run.Account, cancellationToken));
        var account = await states.BeginReadingAsync(run, fields.All, cancellationToken);
        var state = await states.FindAsync(run.Account, cancellationToken);
        var now = time.GetUtcNow();
        if (state is null || !state.CanFollow(fields.Used.All(account.Stored.Contains)))
        {
            // The marks stay: a whole sync comes first, as soon as the account is free. Our own fields, made since, are no reason to wait.
            await states.AskWholeAsync(run.Account, now, cancellationToken);
            run.Progress.Report(new StepProgress(0, 0, "The account waits for a whole sync."));
            counts["waiting"] = 1;
            await marks.FinishAsync(run, [], isValuingDue: false, now, cancellationToken);
            return counts;
        }

        var said = await marks.ListAsync(run.Account, cancellationToken);
        var client = await products.OpenAsync(run, await connections.OpenAsync(run.Account, cancellationToken), cancellationToken);
        var cards = new CardReading(run, client, fields, account.IsFiltered, store, scans, time, logger);
        await ReadAsync(cards, account, state, said, cancellationToken);
        foreach (var entity in Enum.GetValues<EntityType>())
        {
            SyncStep.Add(counts, entity, cards.Counts(entity));
        }

        if (cards.Counts(EntityType.Lead).IsChange && EventWindow.Stages(current).Count > 0)
        {
            counts["stageEntries"] = await stages.RunAsync(run, client, current, cancellationToken) ?? 0;
        }

        await marks.FinishAsync(run, [.. said.Select(mark => mark.Id)], cards.IsChange, now, cancellationToken);
        counts["hooks"] = said.Count;
        counts["changes"] = cards.IsChange ? 1 : 0;
        return counts;
    }

    private async Task ReadAsync(
        CardReading cards, FollowedAccount account, SyncState state,
        IReadOnlyList<(long Id, ChangeMark Mark, DateTimeOffset? StoredAt)> said, CancellationToken cancellationToken)
    {
        if ((!account.HasHooks || said.Any(mark => mark.Mark.Entity is null)) && !await changes.ReadAsync(cards, state, account.Hearing, cancellationToken))
        {
            await states.AskWholeAsync(cards.Run.Account, PollRule.WholeFrom(state.WholeAt, time.GetUtcNow()), cancellationToken);
        }

        foreach (var entity in (EntityType[])[EntityType.Lead, EntityType.Contact, EntityType.Company])
        {
            await cards.FetchAsync(
                entity,
                said.Where(mark => mark.Mark.Entity == entity && !mark.Mark.IsKnown(mark.StoredAt)).Select(mark => mark.Mark.Id).ToHashSet(),
                cancellationToken);
        }

        await ends.TieAsync(cards, cancellationToken);
        foreach (var entity in (EntityType[])[EntityType.Contact, EntityType.Company])
        {
            // A CRM that hides links to cards in the trash shows them again without a word.
            await ends.FollowLinksAsync(
                cards, entity, said.Where(mark => mark.Mark.Entity == entity && mark.Mark.Kind == ChangeKind.Restored).Select(mark => mark.Mark.Id).ToHashSet(),
                cancellationToken);
        }
    }
}
