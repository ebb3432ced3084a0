using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>Grants of accounts, tokens encrypted.</summary>
public sealed class GrantStore(NpgsqlDataSource database, IntegrationDirectory integrations)
{
    /// <summary>How long another process may hold a grant's row: two attempts at each of two addresses, and the question for the second.</summary>
    private static readonly TimeSpan LongestRenewal = TimeSpan.FromMinutes(5);

    /// <summary>The grant to work with: one that works, an administrator's, the newest; null where there is none of a known integration.</summary>
    public Task<Grant?> FindBestAsync(AccountId account, CancellationToken cancellationToken) =>
        FindAsync(account, [.. integrations.All.Select(known => known.ClientId)], cancellationToken);

    /// <summary>Integrations, of those known here, that an account has grants of.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await connection.QueryAsync<string>(new CommandDefinition(
            "select client_id from grants where account_id = @Account and client_id = any(@Known) order by client_id",
            new { Account = account.Value, Known = integrations.All.Select(known => known.ClientId).ToArray() },
            cancellationToken: cancellationToken));
        return [.. ids];
    }

    /// <summary>The grant of one integration, null where there is none or the integration is not known here.</summary>
    public Task<Grant?> FindAsync(AccountId account, string clientId, CancellationToken cancellationToken) =>
        FindAsync(account, [.. integrations.All.Select(known => known.ClientId).Where(known => known == clientId)], cancellationToken);

    private async Task<Grant?> FindAsync(AccountId account, string[] clientIds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<GrantRow>(new CommandDefinition(
            """
            select g.client_id, a.base_uri, g.granted_by, g.is_admin, g.status, g.status_reason, g.suspended_at
            from grants g
            join accounts a on a.account_id = g.account_id
            where g.account_id = @Account and g.client_id = any(@Known)
            order by g.status = 'connected' desc, g.suspended_at is null desc, g.is_admin desc, g.hindrance is null desc, g.updated_at desc
            limit 1
            """,
            new { Account = account.Value, Known = clientIds },
            cancellationToken: cancellationToken));
        return row is null
            ? null
            : new Grant(
                account, row.ClientId, new Uri(row.BaseUri), new UserId(row.GrantedBy), row.IsAdmin, Status(row.Status), row.StatusReason,
                row.SuspendedAt is { } moment ? new DateTimeOffset(moment) : null);
    }

    /// <summary>The grant of one integration, its row locked; null where there is none.</summary>
    public static async Task<(bool IsAdmin, GrantStatus Status)?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId, CancellationToken cancellationToken)
    {
        var row = await connection.QueryFirstOrDefaultAsync<GrantRow>(new CommandDefinition(
            "select is_admin, status, '' as client_id, '' as base_uri from grants where account_id = @Account and client_id = @ClientId for update",
            new { Account = account.Value, ClientId = clientId },
            transaction,
            cancellationToken: cancellationToken));
        return row is null ? null : (row.IsAdmin, Status(row.Status));
    }

    /// <summary>Reads a grant's tokens without waiting for anybody; null where there is no such grant.</summary>
    public async Task<StoredTokens?> ReadTokensAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadTokensAsync(connection, null, account, clientId, "", cancellationToken);
    }

    /// <summary>Reads a grant's tokens, its row locked until the transaction ends; null where there is no such grant.</summary>
    public static Task<StoredTokens?> LockTokensAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId, CancellationToken cancellationToken) =>
        ReadTokensAsync(connection, transaction, account, clientId, "for update of g", cancellationToken);

    private static async Task<StoredTokens?> ReadTokensAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, AccountId account, string clientId, string locking, CancellationToken cancellationToken)
    {
        var row = await connection.QueryFirstOrDefaultAsync<TokensRow>(new CommandDefinition(
            $"""
            select a.base_uri, g.access_token, g.refresh_token, g.expires_at, g.status, g.status_reason,
                   g.api_domain, g.renewal_failures, g.renewal_failure, case when g.renewal_refused then g.renewal_failed_at end as refused_since
            from grants g
            join accounts a on a.account_id = g.account_id
            where g.account_id = @Account and g.client_id = @ClientId
            {locking}
            """,
            new { Account = account.Value, ClientId = clientId },
            transaction,
            commandTimeout: (int)LongestRenewal.TotalSeconds,
            cancellationToken: cancellationToken));
        return row is null
            ? null
            : new StoredTokens(
                new Uri(row.BaseUri), row.AccessToken, row.RefreshToken, new DateTimeOffset(row.ExpiresAt), Status(row.Status), row.StatusReason,
                row.ApiDomain, row.RenewalFailures, row.RenewalFailure, row.RefusedSince is { } since ? new DateTimeOffset(since) : null);
    }

    /// <summary>A renewed pair; failures of renewal before it, and a loss, are forgotten.</summary>
    public static Task SaveTokensAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId,
        NewTokens tokens, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update grants
            set access_token = @AccessToken, refresh_token = @RefreshToken, expires_at = @ExpiresAt, issued_at = @Now, updated_at = @Now,
                api_domain = coalesce(@ApiDomain, api_domain), status = 'connected', status_reason = null, lost_at = null,
                renewal_failures = 0, renewal_failed_at = null, renewal_tried_at = null, renewal_failure = null, renewal_refused = false
            where account_id = @Account and client_id = @ClientId
            """,
            new { Account = account.Value, ClientId = clientId, tokens.AccessToken, tokens.RefreshToken, tokens.ExpiresAt, tokens.ApiDomain, Now = now },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>A grant that was held for lost has a token again: it is looked at, and a run is due, at once.</summary>
    public static Task SaveReturnAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update grants set probe_at = @Now where account_id = @Account and client_id = @ClientId;
            insert into account_connections (account_id, resumed_at) values (@Account, @Now)
            on conflict (account_id) do update set resumed_at = excluded.resumed_at;
            """,
            new { Account = account.Value, ClientId = clientId, Now = now },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Whether the CRM has given a pair to another account by the same integration since a moment.</summary>
    public static Task<bool> IsAnotherRenewedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId, DateTimeOffset since, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (
                select from grants where account_id <> @Account and client_id = @ClientId and refresh_token is not null and issued_at > @Since)
            """,
            new { Account = account.Value, ClientId = clientId, Since = since },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>The account was found at another address.</summary>
    public static Task SaveAddressAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, AccountId account, Uri address, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "update accounts set base_uri = @BaseUri where account_id = @Account and base_uri <> @BaseUri",
            new { Account = account.Value, BaseUri = address.GetLeftPart(UriPartial.Authority) },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>A renewal that failed. A refusal after failures of another kind, or one of them after refusals, counts its time anew.</summary>
    /// <param name="isRefused">The CRM answered and refused, though not the token: something of ours has to be corrected.</param>
    public static Task SaveFailureAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId,
        string failure, bool isRefused, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update grants
            set renewal_failures = renewal_failures + 1, renewal_tried_at = @Now,
                renewal_failed_at = case when renewal_refused = @IsRefused then coalesce(renewal_failed_at, @Now) else @Now end,
                renewal_failure = @Failure, renewal_refused = @IsRefused
            where account_id = @Account and client_id = @ClientId
            """,
            new { Account = account.Value, ClientId = clientId, Failure = failure, IsRefused = isRefused, Now = now },
            transaction,
            cancellationToken: cancellationToken));

    public static Task SaveLossAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, AccountId account, string clientId,
        string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update grants
            set status = 'lost', status_reason = @Reason, lost_at = @Now, updated_at = @Now
            where account_id = @Account and client_id = @ClientId and status = 'connected'
            """,
            new { Account = account.Value, ClientId = clientId, Reason = reason, Now = now },
            transaction,
            cancellationToken: cancellationToken));

    private static GrantStatus Status(string text) => text == "connected" ? GrantStatus.Connected : GrantStatus.Lost;

    private sealed class GrantRow
    {
        public required string ClientId { get; init; }

        public required string BaseUri { get; init; }

        public long GrantedBy { get; init; }

        public required bool IsAdmin { get; init; }

        public required string Status { get; init; }

        public string? StatusReason { get; init; }

        public DateTime? SuspendedAt { get; init; }
    }

    private sealed class TokensRow
    {
        public required string BaseUri { get; init; }

        public required byte[] AccessToken { get; init; }

        public byte[]? RefreshToken { get; init; }

        public required DateTime ExpiresAt { get; init; }

        public required string Status { get; init; }

        public string? StatusReason { get; init; }

        public string? ApiDomain { get; init; }

        public int RenewalFailures { get; init; }

        public string? RenewalFailure { get; init; }

        public DateTime? RefusedSince { get; init; }
    }
}
