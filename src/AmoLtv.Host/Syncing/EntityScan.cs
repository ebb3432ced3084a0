using System.Collections.Concurrent;
using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// Reads all entities of one kind, page by page, and stores each page with the cursor. Memory holds a few pages, however many there are.
/// <para>
/// The CRM never says what was deleted, it only stops listing it. Since pages come in ascending order of id, each speaks for a
/// contiguous range of ids, and a stored id of that range that the page does not show is a suspect. A row may also be missing because
/// an earlier one was deleted between two requests and all later ones moved up by one; therefore each suspect is asked for by
/// its number, and only 204 or the mark of the trash counts as deleted. Asking comes before storing the page: a process
/// killed in between meets the same suspects again.
/// </para>
/// </summary>
internal sealed partial class EntityScan<TRow>(IEntityTable<TRow> table, CardStore cards, TimeProvider time, ILogger logger)
    where TRow : class, ICrmRow
{
    /// <summary>Questions about suspects under way at once; the pacer below keeps their rate.</summary>
    private const int Questions = 6;

    private long _read;

    /// <summary>Changes up to this moment had to be known before the scan; null: none had to.</summary>
    public DateTimeOffset? KnownUntil { get; init; }

    /// <summary>Rows that may be read; whole pages are, so that up to a page more may be.</summary>
    public int MaxRows { get; init; } = int.MaxValue;

    /// <exception cref="CommandFailedException">There are more rows than may be read.</exception>
    public async Task<ScanCounts> RunAsync(RunContext run, AmoCrmClient client, CardFields fields, CancellationToken cancellationToken)
    {
        await using var connection = await cards.OpenAsync(table, cancellationToken);
        var numbers = fields.All.Select(field => field.Value).Order().ToList();
        var saved = await ScanStore.FindCursorAsync(connection, run.Account, table.Entity, cancellationToken);
        var cursor = ScanPlan.Resume(saved, time.GetUtcNow(), numbers);
        if (cursor.IsDone)
        {
            return ScanCounts.None;
        }

        if (cursor.LastId > 0)
        {
            Log.Resuming(logger, run.Account, table.Table, cursor.NextPage);
            if (await TryScanAsync(run, client, connection, fields, cursor, cancellationToken) is { } resumed)
            {
                return resumed;
            }

            Log.Restarting(logger, run.Account, table.Table);
            cursor = ScanCursor.Begin(time.GetUtcNow(), numbers);
        }

        return await TryScanAsync(run, client, connection, fields, cursor, cancellationToken) ?? ScanCounts.None;
    }

    /// <returns>Null where a resumed scan has to begin at the first page.</returns>
    private async Task<ScanCounts?> TryScanAsync(
        RunContext run, AmoCrmClient client, NpgsqlConnection connection, CardFields fields, ScanCursor cursor, CancellationToken cancellationToken)
    {
        var counts = ScanCounts.None;
        var isFirst = true;
        await foreach (var page in table.ReadAsync(client, fields.All, cursor.NextPage, cancellationToken))
        {
            var ids = Ids(page);
            if (isFirst && ScanPlan.MustRestart(cursor, ids))
            {
                return null;
            }

            isFirst = false;
            RequireRoom(run.Account, page.Number);
            counts += await SaveAsync(run, client, connection, fields, cursor, page, ids, cancellationToken);
            cursor = ScanPlan.Advance(cursor, page.Number, ids, page.HasNext);
            _read += page.Rows.Count;
            run.Progress.Report(new StepProgress(_read, null, Words(counts)));
        }

        return counts;
    }

    private void RequireRoom(AccountId account, int page)
    {
        if (page > MaxRows / AmoCrmClient.PageSize + 1)
        {
            throw new CommandFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Account {account} has more than {MaxRows:N0} {table.Table}: reading stopped there, and its numbers stay as they were. Raise Syncing:MaxLeads where the machine has room for it."));
        }
    }

    private async Task<ScanCounts> SaveAsync(
        RunContext run, AmoCrmClient client, NpgsqlConnection connection, CardFields fields,
        ScanCursor cursor, Page<TRow> page, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        foreach (var row in page.Unreadable)
        {
            Log.Unreadable(logger, run.Account, table.Table, row.Id, row.Reason);
        }

        // A page may repeat a row that moved while it was put together: the later one is the newer.
        var rows = new Dictionary<long, TRow>();
        var deleted = new List<long>();
        foreach (var row in page.Rows)
        {
            if (row.Doubt is { } doubt)
            {
                Log.Doubtful(logger, run.Account, table.Table, row.Key, doubt);
            }

            Sort(row, rows, deleted);
        }

        foreach (var (id, found) in await AskAsync(run, client, connection, fields, cursor, page, ids, cancellationToken))
        {
            if (found is null)
            {
                deleted.Add(id);
            }
            else
            {
                Sort(found, rows, deleted);
            }
        }

        var advanced = ScanPlan.Advance(cursor, page.Number, ids, page.HasNext);
        return await ScanStore.SaveAsync(connection, table, run, rows.Values, deleted, page.Unreadable.Count, fields, KnownUntil, advanced, cancellationToken);
    }

    /// <summary>Asks for each suspect of a page by its number.</summary>
    private async Task<ConcurrentDictionary<long, TRow?>> AskAsync(
        RunContext run, AmoCrmClient client, NpgsqlConnection connection, CardFields fields,
        ScanCursor cursor, Page<TRow> page, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentDictionary<long, TRow?>();
        if (ScanPlan.Covered(cursor, ids, page.HasNext) is not { } range)
        {
            Log.Unordered(logger, run.Account, table.Table, page.Number);
            return answers;
        }

        var stored = await ScanStore.ListStoredAsync(connection, table, run.Account, range, cancellationToken);
        var suspects = ScanPlan.Suspects(stored, ids);
        await Parallel.ForEachAsync(
            suspects,
            new ParallelOptions { MaxDegreeOfParallelism = Questions, CancellationToken = cancellationToken },
            async (id, cancelled) =>
            {
                answers[id] = await table.GetAsync(client, id, fields.All, cancelled);
                run.Progress.Report(new StepProgress(
                    _read, null, string.Create(CultureInfo.InvariantCulture, $"{table.Table}: asking for {suspects.Count} that are no longer listed")));
            });
        return answers;
    }

    private static void Sort(TRow row, Dictionary<long, TRow> rows, List<long> deleted)
    {
        if (row.IsDeleted)
        {
            deleted.Add(row.Key);
        }
        else
        {
            rows[row.Key] = row;
        }
    }

    /// <summary>Unreadable rows are listed too: what cannot be read is not deleted.</summary>
    private static List<long> Ids(Page<TRow> page) =>
        page.Unreadable.Count == 0
            ? [.. page.Rows.Select(row => row.Key)]
            : [.. page.Rows.Select(row => row.Key).Concat(page.Unreadable.Select(row => row.Id).OfType<long>()).Order()];

    private string Words(ScanCounts counts)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{table.Table}: {_read} read");
        return counts.Unreadable == 0 ? words : string.Create(CultureInfo.InvariantCulture, $"{words}, {counts.Unreadable} not readable");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {Account}: reading {Table} goes on at page {Page}.")]
        public static partial void Resuming(ILogger logger, AccountId account, string table, int page);

        [LoggerMessage(2, LogLevel.Information, "Account {Account}: {Table} changed too much during the break; reading them from the first page.")]
        public static partial void Restarting(ILogger logger, AccountId account, string table);

        [LoggerMessage(3, LogLevel.Error, "Account {Account}: {Table} {Id} cannot be read and stays as it was: {Reason}.")]
        public static partial void Unreadable(ILogger logger, AccountId account, string table, long? id, string reason);

        [LoggerMessage(5, LogLevel.Warning, "Account {Account}: {Table} {Id} is stored without what nobody can have meant: {Reason}.")]
        public static partial void Doubtful(ILogger logger, AccountId account, string table, long id, string reason);

        [LoggerMessage(4, LogLevel.Warning, "Account {Account}: page {Page} of {Table} is not in the order of ids; deletions on it are not looked for.")]
        public static partial void Unordered(ILogger logger, AccountId account, string table, int page);
    }
}
