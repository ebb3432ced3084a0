using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary>Cards that one run reads by their numbers, and what became of them.</summary>
internal sealed partial class CardReading(
    RunContext run, AmoCrmClient client, WantedFields fields, bool isFiltered, CardStore cards, ScanStore scans, TimeProvider time, ILogger logger)
{
    /// <summary>Single questions under way at once; the pacer below keeps their rate.</summary>
    private const int Questions = 6;

    private readonly Dictionary<EntityType, ScanCounts> _counts = [];
    private readonly HashSet<long> _leftCompanies = [];
    private readonly HashSet<long> _leftContacts = [];
    private bool _isFiltered = isFiltered;

    /// <summary>Whether the CRM has honoured filters so far.</summary>
    public bool IsFiltered => _isFiltered;

    public bool IsChange => _counts.Values.Any(counts => counts.IsChange);

    public RunContext Run => run;

    public AmoCrmClient Client => client;

    public WantedFields Fields => fields;

    public ScanCounts Counts(EntityType entity) => _counts.GetValueOrDefault(entity, ScanCounts.None);

    /// <summary>Companies, or contacts, that cards read by this run have left for others.</summary>
    public IReadOnlyCollection<long> Left(EntityType entity) => entity == EntityType.Company ? _leftCompanies : _leftContacts;

    public void Add(EntityType entity, ScanCounts counts) => _counts[entity] = Counts(entity) + counts;

    /// <summary>Reads cards by their numbers and stores them; those that are no longer there are marked deleted.</summary>
    public Task FetchAsync(EntityType entity, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => entity switch
    {
        EntityType.Lead => FetchAsync(new LeadTable(), ids, cancellationToken),
        EntityType.Company => FetchAsync(new CompanyTable(), ids, cancellationToken),
        _ => FetchAsync(new ContactTable(), ids, cancellationToken),
    };

    /// <summary>Looks at every card of a kind, where that is a matter of few requests.</summary>
    /// <returns>False where it is not, and nothing was read.</returns>
    public Task<bool> TryScanFewAsync(EntityType entity, CancellationToken cancellationToken) => entity switch
    {
        EntityType.Lead => TryScanFewAsync(new LeadTable(), cancellationToken),
        EntityType.Company => TryScanFewAsync(new CompanyTable(), cancellationToken),
        _ => TryScanFewAsync(new ContactTable(), cancellationToken),
    };

    /// <summary>Marks cards deleted that the CRM said are in the trash.</summary>
    public Task MarkGoneAsync(EntityType entity, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => entity switch
    {
        EntityType.Lead => StoreAsync(new LeadTable(), [], ids, cancellationToken),
        EntityType.Company => StoreAsync(new CompanyTable(), [], ids, cancellationToken),
        _ => StoreAsync(new ContactTable(), [], ids, cancellationToken),
    };

    /// <summary>Stores rows as they were read; those in the trash are marked deleted.</summary>
    public async Task StoreAsync<TRow>(IEntityTable<TRow> table, IEnumerable<TRow> read, IReadOnlyCollection<long> gone, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        var rows = new Dictionary<long, TRow>();
        var deleted = gone.ToHashSet();
        foreach (var row in read)
        {
            if (row.Doubt is { } doubt)
            {
                Log.Doubtful(logger, run.Account, table.Table, row.Key, doubt);
            }

            if (row.IsDeleted)
            {
                deleted.Add(row.Key);
            }
            else
            {
                rows[row.Key] = row;
            }
        }

        if (rows.Count + deleted.Count > 0)
        {
            var stored = await cards.SaveAsync(table, run, rows.Values, deleted, fields[table.Entity], cancellationToken);
            Add(table.Entity, stored.Counts);
            _leftCompanies.UnionWith(stored.LeftCompanies);
            _leftContacts.UnionWith(stored.LeftContacts);
        }
    }

    /// <summary>Tells of rows that cannot be read; they stay as they were.</summary>
    public void Report<TRow>(string table, Page<TRow> page)
    {
        foreach (var row in page.Unreadable)
        {
            Log.Unreadable(logger, run.Account, table, row.Id, row.Reason);
        }
    }

    private async Task<bool> TryScanFewAsync<TRow>(IEntityTable<TRow> table, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        var (stored, _) = await cards.SizeAsync(table, run.Account, cancellationToken);
        if (!FetchPlan.IsScanSmall(stored))
        {
            return false;
        }

        await ScanAsync(table, cancellationToken);
        return true;
    }

    private async Task FetchAsync<TRow>(IEntityTable<TRow> table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        var left = ids.ToHashSet();
        if (_isFiltered)
        {
            await FetchFilteredAsync(table, left, cancellationToken);
        }

        if (left.Count == 0)
        {
            return;
        }

        var (stored, highest) = await cards.SizeAsync(table, run.Account, cancellationToken);
        if (!_isFiltered)
        {
            await FetchNewestAsync(table, left, highest, cancellationToken);
        }

        if (FetchPlan.IsScanCheaper(left.Count, stored))
        {
            await ScanAsync(table, cancellationToken);
            return;
        }

        await FetchSinglyAsync(table, left, cancellationToken);
    }

    private async Task ScanAsync<TRow>(IEntityTable<TRow> table, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        var scan = new EntityScan<TRow>(table, cards, time, logger);
        Add(table.Entity, await scan.RunAsync(run, client, fields[table.Entity], cancellationToken));
        await scans.EndOneAsync(run, table.Entity, cancellationToken);
    }

    /// <summary>Takes out of <paramref name="left"/> what was found. Rows nobody asked for mean that the CRM ignores the filter, whatever it says of itself.</summary>
    private async Task FetchFilteredAsync<TRow>(IEntityTable<TRow> table, HashSet<long> left, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        foreach (var batch in FetchPlan.Batches(left).ToList())
        {
            var page = await table.GetManyAsync(client, batch, fields[table.Entity].All, cancellationToken);
            Report(table.Table, page);
            var asked = batch.ToHashSet();
            await StoreAsync(table, page.Rows.Where(row => asked.Contains(row.Key)), [], cancellationToken);
            left.ExceptWith(page.Rows.Select(row => row.Key));
            left.ExceptWith(page.Unreadable.Select(row => row.Id).OfType<long>());
            Progress(table, batch.Length);
            if (page.Rows.Any(row => !asked.Contains(row.Key)))
            {
                Log.FilterIgnored(logger, run.Account);
                _isFiltered = false;
                return;
            }
        }
    }

    /// <summary>New cards have the highest numbers: one page of the newest shows 250 of them.</summary>
    private async Task FetchNewestAsync<TRow>(IEntityTable<TRow> table, HashSet<long> left, long highest, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        var fresh = left.Where(id => id > highest).ToList();
        if (fresh.Count < 2)
        {
            return;
        }

        var lowest = fresh.Min();
        var last = long.MaxValue;
        await foreach (var page in table.ReadNewestAsync(client, fields[table.Entity].All, cancellationToken))
        {
            Report(table.Table, page);
            await StoreAsync(table, page.Rows.Where(row => left.Contains(row.Key)), [], cancellationToken);
            left.ExceptWith(page.Rows.Select(row => row.Key));
            var isDescending = page.Rows.All(row => row.Key < last && (last = row.Key) > 0);
            if (!isDescending || last <= lowest)
            {
                return;
            }
        }
    }

    private async Task FetchSinglyAsync<TRow>(IEntityTable<TRow> table, HashSet<long> left, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        foreach (var batch in FetchPlan.Batches(left))
        {
            var answers = new System.Collections.Concurrent.ConcurrentDictionary<long, TRow?>();
            await Parallel.ForEachAsync(
                batch,
                new ParallelOptions { MaxDegreeOfParallelism = Questions, CancellationToken = cancellationToken },
                async (id, cancelled) => answers[id] = await table.GetAsync(client, id, fields[table.Entity].All, cancelled));
            await StoreAsync(
                table, answers.Values.OfType<TRow>(), [.. answers.Where(answer => answer.Value is null).Select(answer => answer.Key)], cancellationToken);
            Progress(table, batch.Length);
        }
    }

    private void Progress<TRow>(IEntityTable<TRow> table, int read)
        where TRow : class, ICrmRow =>
        run.Progress.Report(new StepProgress(
            read, null, string.Create(CultureInfo.InvariantCulture, $"{table.Table}: {read} read by their numbers")));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {Account}: {Table} {Id} cannot be read and stays as it was: {Reason}.")]
        public static partial void Unreadable(ILogger logger, AccountId account, string table, long? id, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account}: {Table} {Id} is stored without what nobody can have meant: {Reason}.")]
        public static partial void Doubtful(ILogger logger, AccountId account, string table, long id, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Account {Account}: the CRM says that it honours filters, and does not; cards are read another way.")]
        public static partial void FilterIgnored(ILogger logger, AccountId account);
    }
}
