using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>Grants of accounts, tokens encrypted.</summary>
public sealed class GrantStore(NpgsqlDataSource database, IntegrationDirectory integrations)
{
    /// <summary>The grant to work with: one that works, an administrator's, the newest; null where there is none of a known integration.</summary>
    public async Task<Grant?> FindBestAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<GrantRow>(new CommandDefinition(
            """
            select g.client_id, a.base_uri, g.granted_by, g.is_admin, g.status, g.status_reason
            from grants g
            join accounts a on a.account_id = g.account_id
            where g.account_id = @Account and g.client_id = any(@Known)
            order by g.status = 'connected' desc, g.is_admin desc, g.updated_at desc
            limit 1
            """,
            new { Account = account.Value, Known = integrations.All.Select(known => known.ClientId).ToArray() },
            cancellationToken: cancellationToken));
        return row is null
            ? null
            : new Grant(account, row.ClientId, new Uri(row.BaseUri), new UserId(row.GrantedBy), row.IsAdmin, Status(row.Status), row.StatusReason);
    }

    /// <summary>The grant of one integration, null where there is none.</summary>
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
            select a.base_uri, g.access_token, g.refresh_token, g.expires_at, g.status, g.status_reason
            from grants g
            join accounts a on a.account_id = g.account_id
            where g.account_id = @Account and g.client_id = @ClientId
            {locking}
            """,
            new { Account = account.Value, ClientId = clientId },
            transaction,
            cancellationToken: cancellationToken));
        return row is null
            ? null
            : new StoredTokens(
                new Uri(row.BaseUri), row.AccessToken, row.RefreshToken, new DateTimeOffset(row.ExpiresAt), Status(row.Status), row.StatusReason);
    }

    public static Task SaveTokensAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId,
        byte[] accessToken, byte[] refreshToken, DateTimeOffset expiresAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update grants
            set access_token = @AccessToken, refresh_token = @RefreshToken, expires_at = @ExpiresAt, updated_at = @Now
            where account_id = @Account and client_id = @ClientId
            """,
            new { Account = account.Value, ClientId = clientId, AccessToken = accessToken, RefreshToken = refreshToken, ExpiresAt = expiresAt, Now = now },
            transaction,
            cancellationToken: cancellationToken));

    public static Task SaveLossAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AccountId account, string clientId,
        string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update grants
            set status = 'lost', status_reason = @Reason, updated_at = @Now
            where account_id = @Account and client_id = @ClientId
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
    }

    private sealed class TokensRow
    {
        public required string BaseUri { get; init; }

        public required byte[] AccessToken { get; init; }

        public byte[]? RefreshToken { get; init; }

        public required DateTime ExpiresAt { get; init; }

        public required string Status { get; init; }

        public string? StatusReason { get; init; }
    }
}
