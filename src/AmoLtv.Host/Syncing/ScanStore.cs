using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>Cursors of scans, and the pages they store.</summary>
internal sealed class ScanStore(NpgsqlDataSource database)
{
    public static async Task<ScanCursor?> FindCursorAsync(
        NpgsqlConnection connection, AccountId account, EntityType entity, CancellationToken cancellationToken)
    {
        var row = await connection.QueryFirstOrDefaultAsync<CursorRow>(new CommandDefinition(
            """
            select next_page, last_id, is_done, began_at, fields
            from sync_cursors
            where account_id = @Account and entity_type = @Entity
            """,
            new { Account = account.Value, Entity = (short)entity },
            cancellationToken: cancellationToken));
        return row is null ? null : new ScanCursor(row.NextPage, row.LastId, row.IsDone, new DateTimeOffset(row.BeganAt), row.Fields);
    }

    /// <summary>Ids of a range that are stored and not marked deleted.</summary>
    public static async Task<IReadOnlyList<long>> ListStoredAsync<TRow>(
        NpgsqlConnection connection, IEntityTable<TRow> table, AccountId account, IdRange range, CancellationToken cancellationToken)
        where TRow : class, ICrmRow =>
        [.. await connection.QueryAsync<long>(new CommandDefinition(
            $"""
            select {table.IdColumn}
            from {table.Table}
            where account_id = @Account and {table.IdColumn} > @After and {table.IdColumn} <= @To and not is_deleted
            """,
            new { Account = account.Value, range.After, range.To },
            cancellationToken: cancellationToken))];

    /// <summary>Stores a page, marks what was found deleted, and moves the cursor: all or nothing, and only while the run holds the account.</summary>
    /// <param name="unreadable">Rows of the page that could not be read; the cursor keeps their sum.</param>
    /// <param name="knownUntil">Changes up to this moment had to be known; null: none had to.</param>
    /// <exception cref="RunFencedException">Another run took the account over.</exception>
    public static async Task<ScanCounts> SaveAsync<TRow>(
        NpgsqlConnection connection, IEntityTable<TRow> table, RunContext run,
        IReadOnlyCollection<TRow> rows, IReadOnlyCollection<long> deleted, int unreadable, CardFields fields, DateTimeOffset? knownUntil,
        ScanCursor cursor, CancellationToken cancellationToken)
        where TRow : class, ICrmRow
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        var stored = await CardStore.WriteAsync(connection, transaction, table, run, rows, deleted, fields, knownUntil, cancellationToken);
        await SaveCursorAsync(connection, transaction, run, table.Entity, cursor, unreadable, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return stored.Counts with { Unreadable = unreadable };
    }

    /// <summary>Ends a whole sync: the next one scans anew, and the account is known to hold the values of these fields.</summary>
    public async Task FinishAsync(
        RunContext run, IReadOnlyCollection<(EntityType Entity, FieldId Field)> fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update accounts
            set synced_at = @Now, unreadable_leads = coalesce((select unreadable from sync_cursors where account_id = @Account and entity_type = @Lead), 0)
            where account_id = @Account;
            delete from sync_cursors where account_id = @Account;
            update sync_states set whole_at = @Now, is_whole_asked = false, whole_from = null where account_id = @Account;
            delete from synced_fields where account_id = @Account;
            insert into synced_fields (account_id, entity_type, field_id) select @Account, * from unnest(@Entities, @Fields);
            """,
            new
            {
                Account = run.Account.Value,
                Now = now,
                Lead = (short)EntityType.Lead,
                Entities = fields.Select(field => (short)field.Entity).ToArray(),
                Fields = fields.Select(field => field.Field.Value).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Ends the scan of one kind of card that was not part of a whole sync.</summary>
    public async Task EndOneAsync(RunContext run, EntityType entity, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from sync_cursors where account_id = @Account and entity_type = @Entity",
            new { Account = run.Account.Value, Entity = (short)entity },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<int> SaveCursorAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, EntityType entity, ScanCursor cursor, int unreadable,
        CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into sync_cursors (account_id, run_id, entity_type, began_at, next_page, last_id, is_done, fields, unreadable)
            values (@Account, @Run, @Entity, @BeganAt, @NextPage, @LastId, @IsDone, @Fields, @Unreadable)
            on conflict (account_id, entity_type) do update
            set run_id = excluded.run_id, began_at = excluded.began_at, next_page = excluded.next_page,
                last_id = excluded.last_id, is_done = excluded.is_done, fields = excluded.fields,
                unreadable = excluded.unreadable + case when sync_cursors.began_at = excluded.began_at then sync_cursors.unreadable else 0 end
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                Entity = (short)entity,
                cursor.BeganAt,
                cursor.NextPage,
                cursor.LastId,
                cursor.IsDone,
                Fields = cursor.Fields.ToArray(),
                Unreadable = unreadable,
            },
            transaction,
            cancellationToken: cancellationToken));

    private sealed class CursorRow
    {
        public required int NextPage { get; init; }

        public required long LastId { get; init; }

        public required bool IsDone { get; init; }

        public required DateTime BeganAt { get; init; }

        public required long[] Fields { get; init; }
    }
}
