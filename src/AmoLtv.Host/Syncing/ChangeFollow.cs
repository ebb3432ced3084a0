using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// Brings an account up to date by what changed since the last reading: leads by their time of change, all else by events. The state is
/// saved last, so that a reading that was cut off is done again; whatever it stored until then is stored once more and changes nothing.
/// </summary>
internal sealed partial class ChangeFollow(SyncStateStore states, LooseEnds ends, TimeProvider time, ILogger<ChangeFollow> logger)
{
    /// <param name="cards">The reading.</param>
    /// <param name="state">How far the account was followed.</param>
    /// <param name="hearing">What is known of the account's hooks; null where none are to come.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where the CRM does not tell what changed: then only a whole scan does.</returns>
    public async Task<bool> ReadAsync(CardReading cards, SyncState state, HookHearing? hearing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var read = new Dictionary<long, LeadTimes>();
        var known = new HeardChanges(hearing, now);
        if (await ReadLeadsAsync(cards, ChangeWindow.Since(state.LeadsUntil, now), known, read, cancellationToken) is not { } leads)
        {
            return false;
        }

        if (known.Unheard > 0)
        {
            Log.Silent(logger, cards.Run.Account, known.Unheard);
            await states.SaveSilenceAsync(cards.Run, hearing!, known.Unheard, cancellationToken);
        }

        var events = new EventReading(cards, ChangeWindow.Since(state.EventsUntil, now), logger);
        if (!await events.ReadAsync(read, cancellationToken))
        {
            await ReadTrashAsync(cards, ChangeWindow.Since(state.LeadsUntil, now), cancellationToken);
        }

        await ApplyAsync(cards, ChangeEvents.Wanted(events.Found), read, cancellationToken);
        await ends.TieAsync(cards, cancellationToken);

        // Leads that such a shift may have hidden are looked for once more by the next reading.
        var hasShifted = ChangeEvents.HasShifted(events.Found, now - ChangeWindow.Overlap);
        await states.SaveAsync(
            cards.Run,
            state with
            {
                LeadsUntil = hasShifted ? state.LeadsUntil : ChangeWindow.Advance(state.LeadsUntil, leads.Newest, now),
                EventsUntil = ChangeWindow.Advance(state.EventsUntil, events.Newest, now),
            },
            cancellationToken);
        return true;
    }

    /// <param name="read">Takes the leads that were read.</param>
    private async Task<ChangeReading?> ReadLeadsAsync(
        CardReading cards, ChangeWindow window, HeardChanges known, Dictionary<long, LeadTimes> read, CancellationToken cancellationToken)
    {
        var table = new LeadTable();
        var reading = new ChangeReading(window);
        await foreach (var page in cards.Client.ReadChangedLeadsAsync(cards.Fields[EntityType.Lead].All, window, cards.IsFiltered, cancellationToken))
        {
            cards.Report(table.Table, page);
            var changed = page.Rows.Where(row => window.Holds(row.UpdatedAt)).ToList();
            reading = reading.Take([.. page.Rows.Select(row => row.UpdatedAt)], page.HasNext);
            if (reading.State == ChangeReadingState.Unusable)
            {
                Log.Unordered(logger, cards.Run.Account);
                return null;
            }

            await known.StoreAsync(cards, table, changed, cancellationToken);
            foreach (var row in changed)
            {
                read[row.Key] = new LeadTimes(row.CreatedAt, row.UpdatedAt);
            }

            cards.Run.Progress.Report(new StepProgress(
                read.Count, null, string.Create(CultureInfo.InvariantCulture, $"changed leads: {read.Count} read")));
            if (reading.State == ChangeReadingState.Done)
            {
                break;
            }
        }

        return reading;
    }

    /// <summary>Where the CRM does not show its events, the trash tells which leads were deleted.</summary>
    private static async Task ReadTrashAsync(CardReading cards, ChangeWindow window, CancellationToken cancellationToken)
    {
        var table = new LeadTable();
        var reading = new ChangeReading(window);
        await foreach (var page in cards.Client.ReadDeletedLeadsAsync(cancellationToken))
        {
            await cards.StoreAsync(table, page.Rows.Where(row => row.IsDeleted), [], cancellationToken);
            reading = reading.Take([.. page.Rows.Select(row => row.UpdatedAt)], page.HasNext);
            if (reading.State == ChangeReadingState.Done)
            {
                return;
            }
        }
    }

    private async Task ApplyAsync(CardReading cards, WantedCards wanted, Dictionary<long, LeadTimes> read, CancellationToken cancellationToken)
    {
        foreach (var entity in Enum.GetValues<EntityType>())
        {
            var gone = wanted.Gone(entity);
            var fetch = wanted.Fetch(entity);
            if (entity == EntityType.Lead)
            {
                // A lead that is listed is there, whatever an older event says; and one just read need not be read again.
                fetch.ExceptWith(read.Keys);
                gone.ExceptWith(read.Keys);
            }

            await cards.MarkGoneAsync(entity, gone, cancellationToken);
            await ends.FollowGoneAsync(cards, entity, gone, cancellationToken);
            await cards.FetchAsync(entity, fetch, cancellationToken);
            await ends.FollowMergesAsync(cards, entity, wanted.Merged(entity), cancellationToken);
            // A CRM that hides links to cards in the trash shows them again without a word.
            await ends.FollowLinksAsync(cards, entity, wanted.Restored(entity), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {Account}: the CRM honours neither filter nor order of its lists; changes are found by whole scans alone.")]
        public static partial void Unordered(ILogger logger, AccountId account);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account}: {Unheard} leads changed and no webhook told of it, though the CRM calls the subscription active; changes are asked for every 15 minutes until one comes.")]
        public static partial void Silent(ILogger logger, AccountId account, long unheard);
    }
}
