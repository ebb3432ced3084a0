using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>SQL of what is known of connections.</summary>
public sealed class ConnectionFactsStore(NpgsqlDataSource database, IntegrationDirectory integrations)
{
    /// <returns>Null where there is no such account.</returns>
    public async Task<ConnectionFacts?> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<AccountRow>(new CommandDefinition(
            """
            select a.base_uri, a.time_zone, a.connected_at, a.synced_at, a.is_filter_enabled, c.erase_at,
                   exists (select from webhook_subscriptions w where w.account_id = a.account_id and w.status = 'unsupported') as lacks_webhooks,
                   exists (select from webhook_subscriptions w where w.account_id = a.account_id and w.status = 'silent') as has_silent_webhooks,
                   not exists (select from notice_settings n where n.account_id = a.account_id and coalesce(n.email, n.webhook_url) is not null) as is_told_only_in_crm
            from accounts a
            left join account_connections c on c.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        if (row is null)
        {
            return null;
        }

        var grants = (await connection.QueryAsync<GrantRow>(new CommandDefinition(
            """
            select client_id, status = 'lost' as is_lost, lost_at, status_reason, suspended_at, hindrance, hindered_at, hindrance_words,
                   refresh_token is null as is_long_lived, issued_at, expires_at, renewal_failed_at, renewal_refused, renewal_failure
            from grants
            where account_id = @Account and client_id = any(@Known)
            order by status = 'connected' desc, suspended_at is null desc, is_admin desc, hindrance is null desc, updated_at desc
            """,
            new { Account = account.Value, Known = integrations.All.Select(known => known.ClientId).ToArray() },
            cancellationToken: cancellationToken))).AsList();
        return new ConnectionFacts(
            account, new Uri(row.BaseUri), TimeZoneInfo.TryFindSystemTimeZoneById(row.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
            new DateTimeOffset(row.ConnectedAt), row.SyncedAt is null ? null : row.IsFilterEnabled, Utc(row.EraseAt), row.LacksWebhooks,
            await CircuitAsync(connection, account, grants.FirstOrDefault()?.ClientId, cancellationToken), row.IsToldOnlyInCrm, [.. grants.Select(Read)])
        {
            HasSilentWebhooks = row.HasSilentWebhooks,
        };
    }

    /// <summary>What opened the circuit of the grant that is worked with: then nothing is asked of it, so that nobody else could tell.</summary>
    private static async Task<ConnectionCondition?> CircuitAsync(
        NpgsqlConnection connection, AccountId account, string? clientId, CancellationToken cancellationToken)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass('account_circuits') is not null", cancellationToken: cancellationToken)))
        {
            return null;
        }

        var open = await connection.QueryFirstOrDefaultAsync<(string Cause, DateTime OpenedAt, string? Reason)?>(new CommandDefinition(
            "select cause, opened_at, reason from account_circuits where account_id = @Account and client_id = @clientId and closed_at is null",
            new { Account = account.Value, clientId },
            cancellationToken: cancellationToken));
        return open is var (cause, openedAt, reason)
            ? new ConnectionCondition(State(cause), new DateTimeOffset(openedAt), null, reason)
            : null;
    }

    private static ConnectionState State(string cause) => cause switch
    {
        "unpaid" => ConnectionState.Unpaid,
        "throttled" => ConnectionState.Throttled,
        _ => ConnectionState.Blocked,
    };

    /// <summary>Whether the CRM listed this user as an active administrator when the account was last read.</summary>
    public async Task<bool> IsAdministratorAsync(AccountId account, UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from users where account_id = @Account and user_id = @User and is_admin and is_active)",
            new { Account = account.Value, User = user.Value },
            cancellationToken: cancellationToken));
    }

    private static ConnectionFacts.GrantFacts Read(GrantRow row) => new(
        row.ClientId, row.IsLost, Utc(row.LostAt), row.StatusReason, Utc(row.SuspendedAt),
        row.Hindrance is null ? null : Enum.Parse<Hindrance>(row.Hindrance, ignoreCase: true), Utc(row.HinderedAt), row.HindranceWords,
        row.IsLongLived, Utc(row.IssuedAt), new DateTimeOffset(row.ExpiresAt), Utc(row.RenewalFailedAt), row.RenewalRefused, row.RenewalFailure);

    private static DateTimeOffset? Utc(DateTime? moment) => moment is { } some ? new DateTimeOffset(some) : null;

    private sealed class AccountRow
    {
        public required string BaseUri { get; init; }

        public required string TimeZone { get; init; }

        public required DateTime ConnectedAt { get; init; }

        public DateTime? SyncedAt { get; init; }

        public bool IsFilterEnabled { get; init; }

        public DateTime? EraseAt { get; init; }

        public bool LacksWebhooks { get; init; }

        public bool IsToldOnlyInCrm { get; init; }

        public bool HasSilentWebhooks { get; init; }
    }

    private sealed class GrantRow
    {
        public required string ClientId { get; init; }

        public bool IsLost { get; init; }

        public DateTime? LostAt { get; init; }

        public string? StatusReason { get; init; }

        public DateTime? SuspendedAt { get; init; }

        public string? Hindrance { get; init; }

        public DateTime? HinderedAt { get; init; }

        public string? HindranceWords { get; init; }

        public bool IsLongLived { get; init; }

        public DateTime? IssuedAt { get; init; }

        public required DateTime ExpiresAt { get; init; }

        public DateTime? RenewalFailedAt { get; init; }

        public bool RenewalRefused { get; init; }

        public string? RenewalFailure { get; init; }
    }
}
