using System.Text.Json;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>SQL of erasing accounts: which are due, which tables hold rows of an account, and their deletion in batches.</summary>
public sealed class ErasureStore(NpgsqlDataSource database)
{
    /// <summary>
    /// First: without them nobody works on the account, and one that is installed again while the rest goes begins like a new one: it is
    /// read whole, and written to only once somebody chooses that again.
    /// </summary>
    private static readonly string[] First = ["grants", "accounts", "pending_grants", "sync_states", "sync_cursors", "synced_fields", "output_fields"];

    /// <summary>Accounts whose integration was switched off and whose API confirmed it, with what the rule of erasure needs.</summary>
    public async Task<IReadOnlyList<(AccountId Account, bool HasWorkingGrant, bool IsConfirmed, DateTimeOffset? Planned)>> ListCandidatesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Account, bool HasWorkingGrant, bool IsConfirmed, DateTime? Planned)>(new CommandDefinition(
            """
            select g.account_id, bool_or(g.status = 'connected'), bool_or(g.status = 'lost' and g.suspended_at is not null), max(c.erase_at)
            from grants g
            left join account_connections c on c.account_id = g.account_id
            group by g.account_id
            having bool_or(g.status = 'lost' and g.suspended_at is not null) or max(c.erase_at) is not null
            order by g.account_id
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => (new AccountId(row.Account), row.HasWorkingGrant, row.IsConfirmed, row.Planned is { } moment ? new DateTimeOffset(moment) : (DateTimeOffset?)null))];
    }

    /// <summary>Plans an erasure, or takes the plan back; not where the account has been connected meanwhile.</summary>
    public async Task PlanAsync(AccountId account, DateTimeOffset? eraseAt, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into account_connections (account_id, erase_at)
            select @Account, @EraseAt
            where @EraseAt is null or not exists (select from grants where account_id = @Account and status = 'connected')
            on conflict (account_id) do update set erase_at = excluded.erase_at
            """,
            new { Account = account.Value, EraseAt = eraseAt },
            cancellationToken: cancellationToken));
    }

    /// <summary>Accounts whose day has come, and those whose erasure was cut off by the end of its process.</summary>
    public async Task<IReadOnlyList<AccountId>> ListDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select account_id from account_connections where erase_at <= @Now
            union
            select account_id from erasure_receipts where finished_at is null
            order by account_id
            """,
            new { Now = now },
            cancellationToken: cancellationToken));
        return [.. ids.Select(id => new AccountId(id))];
    }

    /// <summary>Accounts erased within a day: a call that was under way when they were may have left a line behind.</summary>
    public async Task<IReadOnlyList<AccountId>> ListErasedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select distinct account_id from erasure_receipts r
            where is_complete and finished_at > @Since and not exists (select from accounts a where a.account_id = r.account_id)
            order by account_id
            """,
            new { Since = now.AddDays(-1) },
            cancellationToken: cancellationToken));
        return [.. ids.Select(id => new AccountId(id))];
    }

    /// <summary>Holds the account's lock until <see cref="EndAsync"/>.</summary>
    /// <returns>When its last erasure began; null where the account is connected again.</returns>
    public static async Task<DateTimeOffset?> ReopenAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        await LockAsync(connection, account, cancellationToken);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            """
            select max(began_at) from erasure_receipts
            where account_id = @Account and is_complete and not exists (select from accounts where account_id = @Account)
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken)) is { } began ? new DateTimeOffset(began) : null;
    }

    /// <summary>
    /// Begins an erasure, or takes up the one that was cut off. A planned one begins only while its day stands and no grant works. Whatever
    /// run holds the account is fenced.
    /// </summary>
    /// <param name="connection">Holds the account's lock from here until <see cref="EndAsync"/>.</param>
    /// <returns>When it began, which names its receipt; null where the account was connected meanwhile.</returns>
    public static async Task<DateTimeOffset?> BeginAsync(
        NpgsqlConnection connection, AccountId account, ErasureCause cause, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await LockAsync(connection, account, cancellationToken);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            """
            insert into erasure_receipts (account_id, began_at, cause)
            select @Account, @Now, @Cause
            where not exists (select from erasure_receipts where account_id = @Account and finished_at is null)
              and (@Cause = 'command' or (
                exists (select from account_connections where account_id = @Account and erase_at <= @Now)
                and not exists (select from grants where account_id = @Account and status = 'connected')));
            update accounts set epoch = epoch + 1
            where account_id = @Account and exists (select from erasure_receipts where account_id = @Account and finished_at is null);
            select began_at from erasure_receipts where account_id = @Account and finished_at is null;
            """,
            new { Account = account.Value, Now = now, Cause = Text(cause) },
            cancellationToken: cancellationToken)) is { } began ? new DateTimeOffset(began) : null;
    }

    /// <summary>Lets the account be connected again.</summary>
    public static Task EndAsync(NpgsqlConnection connection, AccountId account) =>
        connection.ExecuteAsync($"select pg_advisory_unlock({AccountStore.LockKey})", new { Id = account.Value });

    /// <summary>Every table whose rows of an account are deleted, in the order in which they are.</summary>
    public static async Task<IReadOnlyList<AccountTable>> ListTablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
    [
        .. (await AccountTables.ListAsync(connection, cancellationToken))
            .Where(table => table.Name != AccountTables.Receipts)
            .OrderBy(table => Array.IndexOf(First, table.Name) is >= 0 and var place ? place : First.Length)
            .ThenBy(table => table.Depth)
            .ThenBy(table => table.Name, StringComparer.Ordinal),
    ];

    /// <summary>Deletes up to so many rows of an account from a table, and counts them in the receipt in the same transaction.</summary>
    /// <param name="table">From <see cref="ListTablesAsync"/>.</param>
    /// <returns>How many were deleted; fewer than asked for: no more are there.</returns>
    public static async Task<int> DeleteBatchAsync(
        NpgsqlConnection connection, AccountId account, DateTimeOffset began, AccountTable table, int most, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // A row's address is unique within its partition alone: with the partition's number it is the row's.
        var deleted = await connection.ExecuteAsync(new CommandDefinition(
            $"""
            delete from {table.Quoted}
            where ({table.Of(account)})
              and (tableoid, ctid) in (select tableoid, ctid from {table.Quoted} where {table.Of(account)} limit @Most)
            """,
            new { Most = most },
            transaction,
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update erasure_receipts
            set tables = tables || jsonb_build_object(@Table::text, coalesce((tables ->> @Table)::bigint, 0) + @Deleted)
            where account_id = @Account and began_at = @Began and @Deleted > 0
            """,
            new { Account = account.Value, Began = began, Table = table.Name, Deleted = deleted },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }

    public static async Task<ErasureReceipt> FinishAsync(
        NpgsqlConnection connection, AccountId account, DateTimeOffset began, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (cause, tables) = await connection.QuerySingleAsync<(string Cause, string Tables)>(new CommandDefinition(
            """
            update erasure_receipts set finished_at = @Now, is_complete = true
            where account_id = @Account and began_at = @Began
            returning cause, tables::text
            """,
            new { Account = account.Value, Began = began, Now = now },
            cancellationToken: cancellationToken));
        return new ErasureReceipt(
            account, began, Enum.Parse<ErasureCause>(cause, ignoreCase: true), JsonSerializer.Deserialize<Dictionary<string, long>>(tables)!, now, true);
    }

    private static Task<int> LockAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            $"select pg_advisory_lock({AccountStore.LockKey})", new { Id = account.Value }, commandTimeout: 0, cancellationToken: cancellationToken));

    private static string Text(ErasureCause cause) => cause == ErasureCause.Command ? "command" : "uninstalled";
}
