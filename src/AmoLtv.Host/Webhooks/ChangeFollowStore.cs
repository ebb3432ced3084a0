using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Webhooks;

/// <summary>Which accounts have to be followed, and how that went.</summary>
internal sealed class ChangeFollowStore(NpgsqlDataSource database)
{
    /// <summary>
    /// Accounts that were scanned whole once, are connected, do not pause after a failure, and have hooks that have settled, a valuation
    /// due, or no hooks and were not asked since <paramref name="polledBefore"/>.
    /// </summary>
    public async Task<IReadOnlyList<AccountId>> ListDueAsync(
        DateTimeOffset now, DateTimeOffset settledBefore, DateTimeOffset polledBefore, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select a.account_id
            from accounts a
            join sync_states state on state.account_id = a.account_id and state.whole_at is not null
            left join change_follows follow on follow.account_id = a.account_id
            where exists (select from grants g where g.account_id = a.account_id and g.status = 'connected' and g.suspended_at is null)
              and (follow.not_before is null or follow.not_before <= @Now)
              and (follow.is_valuing_due
                   or exists (select from change_marks m where m.account_id = a.account_id and m.received_at <= @Settled)
                   or (coalesce(follow.followed_at, '-infinity') <= @Polled
                       and not exists (select from webhook_subscriptions s where s.account_id = a.account_id and s.status = 'active')))
            order by follow.followed_at nulls first
            """,
            new { Now = now.UtcDateTime, Settled = settledBefore.UtcDateTime, Polled = polledBefore.UtcDateTime },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountId(row))];
    }

    public async Task<bool> IsValuingDueAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select is_valuing_due from change_follows where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
    }

    /// <summary>Takes the due valuation back, unless a later run than this one has read changes, or a person has asked for another since it began.</summary>
    public async Task ValuedAsync(AccountId account, RunId read, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update change_follows set is_valuing_due = false
            where account_id = @Account
              and not exists (select from run_steps s where s.account_id = @Account and s.step = 'sync-changes' and s.run_id > @Read)
              and not exists (select from runs r where r.account_id = @Account and r.run_id = @Read and r.started_at <= change_follows.asked_at)
            """,
            new { Account = account.Value, Read = read.Value }, cancellationToken: cancellationToken));
    }

    /// <summary>Counts a failure and sets the pause after it, or forgets earlier ones.</summary>
    /// <param name="account">The account.</param>
    /// <param name="isFailure">Whether it failed.</param>
    /// <param name="pause">How long to leave it where it did not fail; null: no pause.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task EndAsync(AccountId account, bool isFailure, TimeSpan? pause, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var failures = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            insert into change_follows as follow (account_id, failures) values (@Account, @First)
            on conflict (account_id) do update set failures = case when @First = 0 then 0 else follow.failures + 1 end
            returning failures
            """,
            new { Account = account.Value, First = isFailure ? 1 : 0 }, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            "update change_follows set not_before = @NotBefore where account_id = @Account",
            new { Account = account.Value, NotBefore = (now + (isFailure ? PollRule.Pause(failures) : pause))?.UtcDateTime },
            cancellationToken: cancellationToken));
    }
}
