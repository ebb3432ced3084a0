using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Webhooks;

/// <summary>Subscriptions to webhooks.</summary>
internal sealed class SubscriptionStore(NpgsqlDataSource database)
{
    /// <summary>Every account's secret as its hash.</summary>
    public async Task<IReadOnlyList<(AccountId Account, byte[] Hash)>> ListHashesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Account, byte[] Hash)>(new CommandDefinition(
            "select account_id, secret_hash from webhook_subscriptions", cancellationToken: cancellationToken));
        return [.. rows.Select(row => (new AccountId(row.Account), row.Hash))];
    }

    /// <summary>
    /// Connected accounts whose subscription has to be looked at: new ones, those whose time has come, and those connected anew or with
    /// settings newer than the last look; one that failed waits for its time whatever is saved.
    /// </summary>
    public async Task<IReadOnlyList<AccountId>> ListDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select a.account_id
            from accounts a
            left join webhook_subscriptions s on s.account_id = a.account_id
            where exists (select from grants g where g.account_id = a.account_id and g.status = 'connected' and g.suspended_at is null)
              and (s.account_id is null
                   or s.not_before <= @Now
                   or a.connected_at > s.tried_at
                   or exists (select from settings_versions v where v.account_id = a.account_id and v.saved_at > s.tried_at))
            order by s.tried_at nulls first, a.account_id
            """,
            new { Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountId(row))];
    }

    /// <summary>The account's secret and status; where it has none, the one given is kept. Of several who ask at once all are given the same.</summary>
    public async Task<(byte[] Secret, string Status)> KeepAsync(
        AccountId account, byte[] secret, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(byte[], string)>(new CommandDefinition(
            // Updated to what it is: only so is a row returned that another process is just adding.
            """
            insert into webhook_subscriptions (account_id, secret, secret_hash, status, not_before)
            values (@Account, @Secret, @Hash, 'waiting', @Now)
            on conflict (account_id) do update set account_id = excluded.account_id
            returning secret, status
            """,
            new { Account = account.Value, Secret = secret, Hash = hash, Now = now.UtcDateTime }, cancellationToken: cancellationToken));
    }

    /// <summary>The account's secret, null where it was never subscribed.</summary>
    public async Task<byte[]?> FindSecretAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select secret from webhook_subscriptions where account_id = @Account", new { Account = account.Value }, cancellationToken: cancellationToken));
    }

    /// <summary>Puts a new secret in the place of one that cannot be read; what was subscribed with that one is unknown from now on.</summary>
    /// <returns>False where another process has put one there meanwhile.</returns>
    public async Task<bool> ReplaceAsync(AccountId account, byte[] unreadable, byte[] secret, byte[] hash, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update webhook_subscriptions set secret = @Secret, secret_hash = @Hash, status = 'waiting', active_since = null
            where account_id = @Account and secret = @Unreadable
            """,
            new { Account = account.Value, Unreadable = unreadable, Secret = secret, Hash = hash }, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>The CRM calls us. Where hooks did not come before, only one that comes says that they do.</summary>
    /// <param name="account">The account.</param>
    /// <param name="isRenewed">Whether the CRM had no working subscription a moment ago.</param>
    /// <param name="now">The moment.</param>
    /// <param name="notBefore">When to look again.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ConfirmAsync(AccountId account, bool isRenewed, DateTimeOffset now, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update webhook_subscriptions
            set status = case when status = 'silent' then status else 'active' end,
                reason = case when status = 'silent' then reason end,
                active_since = case when @IsRenewed or status <> 'active' then @Now else coalesce(active_since, @Now) end,
                checked_at = @Now, tried_at = @Now, failures = 0, not_before = @NotBefore
            where account_id = @Account
            """,
            new { Account = account.Value, IsRenewed = isRenewed, Now = now.UtcDateTime, NotBefore = notBefore.UtcDateTime },
            cancellationToken: cancellationToken));
    }

    /// <summary>The CRM takes no subscription.</summary>
    /// <param name="account">The account.</param>
    /// <param name="reason">In words.</param>
    /// <param name="now">The moment.</param>
    /// <param name="notBefore">When to ask again.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task RefuseAsync(AccountId account, string reason, DateTimeOffset now, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update webhook_subscriptions
            set status = 'unsupported', reason = @Reason, active_since = null, checked_at = @Now, tried_at = @Now, failures = 0, not_before = @NotBefore
            where account_id = @Account
            """,
            new { Account = account.Value, Reason = reason, Now = now.UtcDateTime, NotBefore = notBefore.UtcDateTime },
            cancellationToken: cancellationToken));
    }

    /// <summary>The CRM could not be asked: the status stays, and the pause grows with the failures in a row.</summary>
    /// <param name="reason">In words.</param>
    public async Task FailAsync(AccountId account, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var failures = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "update webhook_subscriptions set reason = @Reason, tried_at = @Now, failures = failures + 1 where account_id = @Account returning failures",
            new { Account = account.Value, Reason = reason, Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            "update webhook_subscriptions set not_before = @NotBefore where account_id = @Account",
            new { Account = account.Value, NotBefore = (now + PollRule.Pause(Math.Max(1, failures))).UtcDateTime }, cancellationToken: cancellationToken));
    }
}
