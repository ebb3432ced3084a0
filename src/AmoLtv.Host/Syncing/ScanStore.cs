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

    /// <summary>
    /// Ends a whole sync: the next one scans anew, and the account is known to hold the values of these fields. Those of our own that waited
    /// for it are written from now on; where others were chosen since it began, the next one is due at once.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="fields">That every stored card was read with.</param>
    /// <param name="mayLack">Whether cards may have slipped by, so that the next one is due at once too.</param>
    /// <param name="now">By our clock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task FinishAsync(
        RunContext run, IReadOnlyCollection<(EntityType Entity, FieldId Field)> fields, bool mayLack, DateTimeOffset now, CancellationToken cancellationToken)
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
            -- Whoever chooses a field locks this row first: each of the two sees what the other did.
            select from sync_states where account_id = @Account for update;
            update output_fields o set is_on = true, off_reason = null, off_at = null
            from unnest(@Entities, @Fields) as read (entity_type, field_id)
            where o.account_id = @Account and o.entity_type = read.entity_type and o.field_id = read.field_id and o.off_reason = 'reading';
            update sync_states
            set whole_at = @Now, is_whole_asked = again.is_due, whole_from = case when again.is_due then @Now end
            from (select @mayLack or exists (select from output_fields where account_id = @Account and off_reason = 'reading') as is_due) again
            where account_id = @Account;
            delete from synced_fields where account_id = @Account;
            insert into synced_fields (account_id, entity_type, field_id) select @Account, * from unnest(@Entities, @Fields);
            """,
            new
            {
                Account = run.Account.Value,
                mayLack,
                Now = now,
                Lead = (short)EntityType.Lead,
                Entities = fields.Select(field => (short)field.Entity).ToArray(),
                Fields = fields.Select(field => field.Field.Value).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>When the whole sync that is under way began, in whichever run.</summary>
    public async Task<DateTimeOffset> FindBeginAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return new DateTimeOffset(await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition(
            "select min(began_at) from sync_cursors where account_id = @Account", new { Account = account.Value }, cancellationToken: cancellationToken)));
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
