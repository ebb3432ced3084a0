using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Retention;

/// <summary>SQL of retention: few rows at a time, each time a transaction of its own, so that vacuum keeps up and nobody waits for a lock.</summary>
public sealed class RetentionStore(NpgsqlDataSource database)
{
    private const int Batch = 5_000;

    /// <summary>Accounts in ascending order.</summary>
    public async Task<IReadOnlyList<AccountId>> ListAccountsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await connection.QueryAsync<long>(new CommandDefinition(
            "select account_id from accounts order by account_id", cancellationToken: cancellationToken));
        return [.. ids.Select(id => new AccountId(id))];
    }

    /// <summary>
    /// Makes fewer marks of those that came before a moment, or hooks of an account that nobody reads would pile up. Leads that changed are
    /// found by their time of change: one mark, of no card, says that they have to be looked for. Of every other thing that happened to a card
    /// the newest mark stays, since not every account may read events.
    /// </summary>
    internal async Task FoldMarksAsync(AccountId account, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with old as (
                select mark_id, coalesce(entity_type = @Lead and kind = @Changed, true) as is_found,
                       row_number() over (partition by entity_type, entity_id, kind order by changed_at desc nulls first, mark_id desc) as place
                from change_marks
                where account_id = @Account and received_at < @before),
            folded as (
                delete from change_marks m
                using old
                where m.account_id = @Account and m.mark_id = old.mark_id and (old.is_found or old.place > 1)
                returning m.received_at, old.is_found)
            insert into change_marks (account_id, entity_type, entity_id, kind, changed_at, received_at)
            select @Account, null, 0, @Changed, null, max(received_at)
            from folded
            where is_found and exists (select from accounts a where a.account_id = @Account)
            having count(*) > 0
            """,
            new { Account = account.Value, before, Lead = (short)EntityType.Lead, Changed = (short)ChangeKind.Changed },
            cancellationToken: cancellationToken));
    }

    /// <returns>Rows that were deleted, by table.</returns>
    internal async Task<IReadOnlyDictionary<string, long>> DeleteAsync(
        AccountId account, IReadOnlyList<Expiry> expiries, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var run = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "select run_id from runs where account_id = @Account and started_at < @before order by run_id desc limit 1",
            new { Account = account.Value, before }, cancellationToken: cancellationToken));
        var deleted = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var expiry in expiries)
        {
            int rows;
            do
            {
                rows = await connection.ExecuteAsync(new CommandDefinition(
                    // A row's address is unique within its partition alone: with the partition's number it is the row's.
                    $"""
                    delete from {expiry.Table}
                    where account_id = @Account
                      and (tableoid, ctid) in (select tableoid, ctid from {expiry.Table} where account_id = @Account and {expiry.IsPast} limit @Batch)
                    """,
                    new { Account = account.Value, Run = run ?? 0, Before = before, Batch },
                    cancellationToken: cancellationToken));
                deleted[expiry.Table] = deleted.GetValueOrDefault(expiry.Table) + rows;
            }
            while (rows == Batch);
        }

        return deleted;
    }
}
