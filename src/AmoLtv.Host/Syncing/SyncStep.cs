using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// The step <c>sync</c>: the account with its short lists, the events that date counted stages, then all leads, companies and contacts,
/// last the events that tell from which stage leads were lost.
/// A run that follows an interrupted one goes on where that one stood.
/// </summary>
internal sealed partial class SyncStep(
    CrmConnections connections, SettingsStore settings, AccountListsStore lists, StageEntryStore entries, LossReading losses, ScanStore scans,
    TimeProvider time, ILogger<SyncStep> logger) : IRunStep
{
    public string Name => RunSteps.Sync;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        run.Progress.Report(new StepProgress(0, null, "reading the account and its pipelines"));
        var client = await connections.OpenAsync(run.Account, cancellationToken);
        var current = (await settings.GetAsync(run.Account, cancellationToken)).Settings;
        var read = await AccountListsReader.ReadAsync(client, run.Account, cancellationToken);
        await lists.SaveAsync(run, read, TimeZone(run.Account, read.Account.TimeZone), cancellationToken);

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await ReadStageEntriesAsync(run, client, current, counts, cancellationToken);
        var outputs = await lists.ListOutputFieldsAsync(run.Account, cancellationToken);
        await ScanAsync(new LeadTable());
        await ScanAsync(new CompanyTable());
        await ScanAsync(new ContactTable());
        await scans.FinishAsync(
            run,
            [.. Enum.GetValues<EntityType>().SelectMany(entity => Wanted(entity).Select(field => (entity, field)))],
            time.GetUtcNow(),
            cancellationToken);
        counts["losses"] = await losses.RunAsync(run, client, [.. read.Pipelines.Select(pipeline => pipeline.Id)], cancellationToken);
        return counts;

        async Task ScanAsync<TRow>(IEntityTable<TRow> table)
            where TRow : class, ICrmRow
        {
            var scan = new EntityScan<TRow>(table, scans, time, logger);
            Add(counts, table.Table, await scan.RunAsync(run, client, Wanted(table.Entity), cancellationToken));
        }

        HashSet<FieldId> Wanted(EntityType entity) =>
            [.. current.UsedFieldIds(entity), .. outputs.Where(output => output.Entity == entity).Select(output => output.Field)];
    }

    private async Task ReadStageEntriesAsync(
        RunContext run, AmoCrmClient client, AccountSettings current, Dictionary<string, long> counts, CancellationToken cancellationToken)
    {
        var stages = EventWindow.Stages(current);
        var now = time.GetUtcNow();
        if (EventWindow.For(stages, await entries.ReadUntilAsync(run.Account, cancellationToken), now) is not { } window)
        {
            await entries.FinishAsync(run, stages, now, cancellationToken);
            return;
        }

        long read = 0;
        long saved = 0;
        await foreach (var page in client.ReadStageChangesAsync(window.From, window.To, into: null, cancellationToken))
        {
            foreach (var row in page.Unreadable)
            {
                Log.UnreadableEvent(logger, run.Account, row.Reason);
            }

            var wanted = page.Rows.Where(change => stages.Contains(new StageKey(change.Pipeline, change.Status))).ToList();
            saved += wanted.Count == 0 ? 0 : await entries.SaveAsync(run, wanted, cancellationToken);
            read += page.Rows.Count;
            run.Progress.Report(new StepProgress(read, null, string.Create(CultureInfo.InvariantCulture, $"changes of stage: {read} read")));
        }

        await entries.FinishAsync(run, stages, window.To, cancellationToken);
        counts["stageEntries"] = saved;
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

    private static void Add(Dictionary<string, long> counts, string name, ScanCounts scan)
    {
        counts[name] = scan.Read;
        counts[name + "Added"] = scan.Added;
        counts[name + "Changed"] = scan.Changed;
        counts[name + "Deleted"] = scan.Deleted;
        if (scan.Unreadable > 0)
        {
            counts[name + "Unreadable"] = scan.Unreadable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {Account}: a change of stage cannot be read and is left out: {Reason}.")]
        public static partial void UnreadableEvent(ILogger logger, AccountId account, string reason);

        [LoggerMessage(2, LogLevel.Error, "Account {Account}: the time zone {TimeZone} is not known on this machine; the stored one stays.")]
        public static partial void UnknownTimeZone(ILogger logger, AccountId account, string timeZone);
    }
}
