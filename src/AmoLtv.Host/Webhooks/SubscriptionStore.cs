using AmoLtv.Core.Identity;
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

    /// <summary>Connected accounts whose subscription has to be looked at: new ones, those whose time has come, those with newer settings.</summary>
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
                   or a.connected_at > s.checked_at
                   or exists (select from settings_versions v where v.account_id = a.account_id and v.saved_at > s.checked_at))
            order by a.account_id
            """,
            new { Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountId(row))];
    }

    /// <summary>The account's secret and status; where it has none, the one given is kept.</summary>
    public async Task<(byte[] Secret, string Status)> KeepAsync(
        AccountId account, byte[] secret, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(byte[], string)>(new CommandDefinition(
            """
            with added as (
                insert into webhook_subscriptions (account_id, secret, secret_hash, status, not_before)
                values (@Account, @Secret, @Hash, 'waiting', @Now)
                on conflict (account_id) do nothing
                returning secret, status
            )
            select secret, status from added
            union all
            select secret, status from webhook_subscriptions where account_id = @Account
            limit 1
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

    /// <param name="account">The account.</param>
    /// <param name="status">One of <see cref="SubscriptionStatus"/>; null keeps what it is.</param>
    /// <param name="reason">In words, where it is not active.</param>
    /// <param name="checkedAt">When the CRM was asked with success, else null.</param>
    /// <param name="notBefore">When to look again.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SaveAsync(
        AccountId account, string? status, string? reason, DateTimeOffset? checkedAt, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update webhook_subscriptions
            set status = coalesce(@Status, status), reason = @Reason, checked_at = coalesce(@CheckedAt, checked_at), not_before = @NotBefore
            where account_id = @Account
            """,
            new { Account = account.Value, Status = status, Reason = reason, CheckedAt = checkedAt?.UtcDateTime, NotBefore = notBefore.UtcDateTime },
            cancellationToken: cancellationToken));
    }
}
