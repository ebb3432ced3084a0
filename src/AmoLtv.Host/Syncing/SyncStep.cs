using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// The step <c>sync</c>: the account with its short lists, the events that date counted stages, what changed since the last sync, and
/// last the events that tell from which stage leads were lost. The first time, once a week, and whenever it cannot be told what changed,
/// all leads, companies and contacts are looked at; what that finds beyond the changes was missed before, and is counted as such.
/// A run that follows an interrupted one goes on where that one stood.
/// </summary>
internal sealed partial class SyncStep(
    CrmConnections connections, SettingsStore settings, AccountListsStore lists, StageReading stages, LossReading losses, ScanStore scans, CardStore store,
    SyncStateStore states, ChangeFollow changes, ProductReading products, IOptions<SyncingOptions> options, TimeProvider time, ILogger<SyncStep> logger) : IRunStep
{
    public string Name => RunSteps.Sync;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        run.Progress.Report(new StepProgress(0, null, "reading the account and its pipelines"));
        var client = await connections.OpenAsync(run.Account, cancellationToken);
        var current = (await settings.GetAsync(run.Account, cancellationToken)).Settings;
        var read = await AccountListsReader.ReadAsync(client, run.Account, time.GetUtcNow(), cancellationToken);
        await lists.SaveAsync(run, read, TimeZone(run.Account, read.Account.TimeZone), cancellationToken);
        client = await products.BeginAsync(run, client, cancellationToken);

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (await stages.RunAsync(run, client, current, cancellationToken) is { } entries)
        {
            counts["stageEntries"] = entries;
        }

        var fields = new WantedFields(current, await lists.ListOutputFieldsAsync(run.Account, cancellationToken));
        await ReadCardsAsync(run, client, fields, counts, cancellationToken);
        counts["productNames"] = await products.NameAsync(run, client, cancellationToken);
        counts["losses"] = await losses.RunAsync(run, client, [.. read.Pipelines.Select(pipeline => pipeline.Id)], cancellationToken);
        return counts;
    }

    private async Task ReadCardsAsync(
        RunContext run, AmoCrmClient client, WantedFields fields, Dictionary<string, long> counts, CancellationToken cancellationToken)
    {
        var account = await states.BeginReadingAsync(run, fields.All, cancellationToken);
        var state = await states.FindAsync(run.Account, cancellationToken);
        var areStored = fields.All.All(account.Stored.Contains);
        var cards = new CardReading(run, client, fields, account.IsFiltered, store, scans, time, logger);
        var isFollowed = state is not null && state.CanFollow(areStored) && await changes.ReadAsync(cards, state, account.Hearing, cancellationToken);
        foreach (var entity in Enum.GetValues<EntityType>())
        {
            Add(counts, entity, cards.Counts(entity));
        }

        if (isFollowed && !state!.IsWholeDue(account.IsScanLeft, areStored, time.GetUtcNow()))
        {
            await states.FinishAsync(run, time.GetUtcNow(), cancellationToken);
            return;
        }

        if (state is null)
        {
            // Asked before the scan: what changes while it runs is read after it.
            await states.SaveAsync(run, SyncState.Begin(await client.FindNewestChangeAsync(cancellationToken), time.GetUtcNow()), cancellationToken);
        }

        var known = isFollowed ? await states.FindAsync(run.Account, cancellationToken) : null;
        await ScanAsync(new LeadTable(), known?.LeadsUntil);
        await ScanAsync(new CompanyTable(), known?.EventsUntil);
        await ScanAsync(new ContactTable(), known?.EventsUntil);
        var mayLack = state?.WholeAt is null && await MayLackAsync(cards, cancellationToken);
        await scans.FinishAsync(run, fields.All, mayLack, time.GetUtcNow(), cancellationToken);

        async Task ScanAsync<TRow>(IEntityTable<TRow> table, DateTimeOffset? knownUntil)
            where TRow : class, ICrmRow
        {
            var scan = new EntityScan<TRow>(table, store, time, logger)
            {
                KnownUntil = knownUntil,
                MaxRows = table.Entity == EntityType.Lead ? options.Value.MaxLeads : int.MaxValue,
            };
            var found = await scan.RunAsync(run, client, fields[table.Entity], cancellationToken);
            Add(counts, table.Entity, found);
            if (known is not null)
            {
                Missed(run.Account, table.Table, found, counts);
            }
        }
    }

    /// <summary>
    /// A card that was deleted while the pages were read moved a later one up to a page read before. Where cards were stored already such a
    /// one is missed and asked for; on the first scan nobody knows of it, so that the account is looked at once more.
    /// </summary>
    private async Task<bool> MayLackAsync(CardReading cards, CancellationToken cancellationToken)
    {
        var began = await scans.FindBeginAsync(cards.Run.Account, cancellationToken);
        var hasShifted = await new EventReading(cards, ChangeWindow.Since(began, time.GetUtcNow()), logger).HasShiftedAsync(cancellationToken);
        return hasShifted ?? true;
    }

    /// <summary>What a whole scan found that the changes had not told.</summary>
    private void Missed(AccountId account, string table, ScanCounts found, Dictionary<string, long> counts)
    {
        counts[table + "MissedAdded"] = found.MissedAdded;
        counts[table + "MissedChanged"] = found.MissedChanged;
        counts[table + "MissedDeleted"] = found.Deleted;
        if (found.MissedAdded + found.MissedChanged + found.Deleted > 0)
        {
            Log.Missed(logger, account, table, found.MissedAdded, found.MissedChanged, found.Deleted);
        }
    }

    /// <summary>A name this machine does not know would stop every later step: the stored one then stays.</summary>
    private string? TimeZone(AccountId account, string? name)
    {
        if (name is null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out _))
        {
            return name;
        }

        Log.UnknownTimeZone(logger, account, name);
        return null;
    }

    internal static void Add(Dictionary<string, long> counts, EntityType entity, ScanCounts found)
    {
        var name = entity switch { EntityType.Lead => "leads", EntityType.Company => "companies", _ => "contacts" };
        counts[name] = counts.GetValueOrDefault(name) + found.Read;
        counts[name + "Added"] = counts.GetValueOrDefault(name + "Added") + found.Added;
        counts[name + "Changed"] = counts.GetValueOrDefault(name + "Changed") + found.Changed;
        counts[name + "Deleted"] = counts.GetValueOrDefault(name + "Deleted") + found.Deleted;
        if (found.Unreadable > 0)
        {
            counts[name + "Unreadable"] = found.Unreadable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "Account {Account}: the time zone {TimeZone} is not known on this machine; the stored one stays.")]
        public static partial void UnknownTimeZone(ILogger logger, AccountId account, string timeZone);

        [LoggerMessage(3, LogLevel.Warning, "Account {Account}: the whole scan of {Table} found what changes had not told: {Added} added, {Changed} changed, {Deleted} deleted.")]
        public static partial void Missed(ILogger logger, AccountId account, string table, long added, long changed, long deleted);
    }
}
