using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>Stores leads, companies and contacts by their differences, whichever way they were read.</summary>
internal sealed class CardStore(NpgsqlDataSource database)
{
    /// <summary>A connection with the staging table of one kind of card; it empties itself with each transaction and goes with the connection.</summary>
    public async Task<NpgsqlConnection> OpenAsync<TRow>(IEntityTable<TRow> table, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            $"create temp table staging_{table.Table} ({table.StagingColumns}) on commit delete rows", cancellationToken: cancellationToken));
        return connection;
    }

    /// <summary>Stores rows and marks what was found deleted, in a transaction of its own.</summary>
    /// <exception cref="RunFencedException">Another run took the account over.</exception>
    public async Task<StoredCards> SaveAsync<TRow>(
        IEntityTable<TRow> table, RunContext run, IReadOnlyCollection<TRow> rows, IReadOnlyCollection<long> deleted, CardFields fields,
        CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        await using var connection = await OpenAsync(table, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        var stored = await WriteAsync(connection, transaction, table, run, rows, deleted, fields, knownUntil: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition($"drop table staging_{table.Table}", cancellationToken: cancellationToken));
        return stored;
    }

    /// <summary>Stores rows and marks what was found deleted, within the caller's fenced transaction.</summary>
    /// <param name="knownUntil">Changes up to this moment had to be known; null: none had to.</param>
    public static async Task<StoredCards> WriteAsync<TRow>(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IEntityTable<TRow> table, RunContext run,
        IReadOnlyCollection<TRow> rows, IReadOnlyCollection<long> deleted, CardFields fields, DateTimeOffset? knownUntil, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        await using (var copy = await connection.BeginBinaryImportAsync($"copy staging_{table.Table} from stdin (format binary)", cancellationToken))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(cancellationToken);
                await table.WriteAsync(copy, row, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        var merged = await connection.QuerySingleAsync<MergedRow>(new CommandDefinition(
            table.MergeSql,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Ours = fields.Ours.Select(field => field.ToString()).ToArray(),
                KnownUntil = knownUntil?.UtcDateTime ?? DateTime.MinValue.ToUniversalTime(),
            },
            transaction, cancellationToken: cancellationToken));
        var gone = await MarkGoneAsync(connection, transaction, table, run, deleted, cancellationToken);
        return new StoredCards(
            new ScanCounts(rows.Count, merged.Added, merged.Changed, gone, 0, merged.MissedAdded, merged.MissedChanged),
            merged.LeftCompanies ?? [], merged.LeftContacts ?? []);
    }

    /// <summary>Cards of a kind that are stored, and the highest number among them.</summary>
    public async Task<(long Stored, long HighestId)> SizeAsync<TRow>(IEntityTable<TRow> table, AccountId account, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            $"select count(*), coalesce(max({table.IdColumn}), 0) from {table.Table} where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
    }

    private static Task<int> MarkGoneAsync<TRow>(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IEntityTable<TRow> table, RunContext run, IReadOnlyCollection<long> deleted,
        CancellationToken cancellationToken)
        where TRow : class, ICrmRow =>
        connection.ExecuteAsync(new CommandDefinition(
            $"update {table.Table} set is_deleted = true, changed_run = @Run where account_id = @Account and {table.IdColumn} = any(@Deleted) and not is_deleted",
            new { Account = run.Account.Value, Run = run.Run.Value, Deleted = deleted.ToArray() }, transaction, cancellationToken: cancellationToken));

    /// <summary>Columns of the merging statements, in the database's spelling.</summary>
    private sealed class MergedRow
    {
        public required long Added { get; init; }

        public required long Changed { get; init; }

        public required long MissedAdded { get; init; }

        public required long MissedChanged { get; init; }

        public long[]? LeftCompanies { get; init; }

        public long[]? LeftContacts { get; init; }
    }
}
