using AmoLtv.Core.Identity;
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
    /// Makes one mark of those that came before a moment: it says of no card that it changed, but that changes since the last reading have
    /// to be looked for. Hooks of an account that nobody reads would pile up else.
    /// </summary>
    internal async Task FoldMarksAsync(AccountId account, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with folded as (
                delete from change_marks where account_id = @Account and received_at < @before returning received_at)
            insert into change_marks (account_id, entity_type, entity_id, kind, changed_at, received_at)
            select @Account, null, 0, 0, null, max(received_at)
            from folded
            where exists (select from accounts a where a.account_id = @Account)
            having count(*) > 0
            """,
            new { Account = account.Value, before },
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
