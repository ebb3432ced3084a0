using AmoLtv.AmoCrm.Accounts;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>Accounts and who connected them.</summary>
public sealed class AccountStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Advisory lock of who connects an account, and of who erases it; the account is <c>@Id</c>.</summary>
    internal const string LockKey = "hashtextextended('amoltv.connect', @Id)";

    /// <summary>Connects an account in one transaction: its row, its grant, and the pending grant that led to it.</summary>
    public async Task<GrantDecision> ConnectAsync(NewGrant grant, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two installs of one account at the same time: the second decides on what the first left.
        await connection.ExecuteAsync(new CommandDefinition(
            $"select pg_advisory_xact_lock({LockKey})", new { Id = grant.Account.Id.Value }, transaction, cancellationToken: cancellationToken));
        var existing = await GrantStore.FindAsync(connection, transaction, grant.Account.Id, grant.Integration.ClientId, cancellationToken);
        var decision = GrantRules.Decide(grant.IsAdmin, existing?.IsAdmin);
        if (decision != GrantDecision.Accepted)
        {
            return decision;
        }

        await ResumeAsync(connection, transaction, grant, cancellationToken);
        await SaveAccountAsync(connection, transaction, grant, cancellationToken);
        await SaveGrantAsync(connection, transaction, grant, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update pending_grants
            set status = 'exchanged', account_id = @Id, reason = null, code = '', tokens = null
            where pending_grant_id = @PendingId
            """,
            new { Id = grant.Account.Id.Value, grant.PendingId },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return decision;
    }

    /// <summary>Every account, with its grants.</summary>
    public async Task<IReadOnlyList<ConnectedAccount>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<AccountRow>(new CommandDefinition(
            """
            select a.account_id, a.base_uri, a.brand, a.name, a.synced_at, a.valued_at,
                   g.client_id, g.status, g.is_admin, g.status_reason
            from accounts a
            left join grants g on g.account_id = a.account_id
            order by a.account_id, g.client_id
            """,
            cancellationToken: cancellationToken));
        return [.. rows.GroupBy(row => row.AccountId).Select(Read)];
    }

    private static ConnectedAccount Read(IGrouping<long, AccountRow> rows)
    {
        var account = rows.First();
        return new ConnectedAccount(
            new AccountId(rows.Key), new Uri(account.BaseUri), account.Brand, account.Name, Utc(account.SyncedAt), Utc(account.ValuedAt),
            [.. rows.Where(row => row.ClientId is not null)
                .Select(row => new ConnectedGrant(row.ClientId!, row.Status!, row.IsAdmin ?? false, row.StatusReason))]);
    }

    private static DateTimeOffset? Utc(DateTime? moment) => moment is { } some ? new DateTimeOffset(some) : null;

    /// <summary>
    /// An account that comes back: its erasure is off, one that was under way is over, and where that was so or no grant worked any more a run
    /// is due at once.
    /// </summary>
    private Task<int> ResumeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewGrant grant, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            $"""
            insert into account_connections (account_id, resumed_at)
            select @Id, case when exists (select from erasure_receipts where account_id = @Id and finished_at is null)
                              or exists (select from grants where account_id = @Id)
                              and not exists (select from grants where account_id = @Id and {ConnectionStore.IsWorking}) then @Now end
            on conflict (account_id) do update
            set erase_at = null, resumed_at = coalesce(excluded.resumed_at, account_connections.resumed_at);
            update erasure_receipts set finished_at = @Now where account_id = @Id and finished_at is null;
            """,
            new { Id = grant.Account.Id.Value, Now = time.GetUtcNow() },
            transaction,
            cancellationToken: cancellationToken));

    private Task<int> SaveAccountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewGrant grant, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into accounts (account_id, base_uri, brand, name, currency, currency_symbol, confirmed_currency, time_zone, is_filter_enabled, connected_at)
            values (@Id, @BaseUri, @Brand, @Name, @Currency, @CurrencySymbol, @Currency, coalesce(@TimeZone, 'Europe/Moscow'), @IsFilterEnabled, @Now)
            on conflict (account_id) do update
            set base_uri = excluded.base_uri, brand = excluded.brand, name = excluded.name, connected_at = excluded.connected_at
            """,
            new
            {
                Id = grant.Account.Id.Value,
                BaseUri = grant.BaseAddress.GetLeftPart(UriPartial.Authority),
                grant.Integration.Brand,
                grant.Account.Name,
                grant.Account.Currency,
                grant.Account.CurrencySymbol,
                grant.Account.TimeZone,
                grant.Account.IsFilterEnabled,
                Now = time.GetUtcNow(),
            },
            transaction,
            cancellationToken: cancellationToken));

    private Task<int> SaveGrantAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewGrant grant, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into grants (account_id, client_id, access_token, refresh_token, expires_at, api_domain, granted_by, is_admin, status,
                                status_reason, issued_at, updated_at, probed_at, probe_at)
            values (@Id, @ClientId, @AccessToken, @RefreshToken, @ExpiresAt, @ApiDomain, @GrantedBy, @IsAdmin, 'connected', null, @Now, @Now, @Now, @ProbeAt)
            on conflict (account_id, client_id) do update
            set access_token = excluded.access_token, refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,
                api_domain = excluded.api_domain, granted_by = excluded.granted_by, is_admin = excluded.is_admin,
                status = 'connected', status_reason = null, issued_at = excluded.issued_at, updated_at = excluded.updated_at,
                renewal_failures = 0, renewal_failed_at = null, renewal_tried_at = null, renewal_failure = null, renewal_refused = false,
                lost_at = null, suspended_at = null, hindrance = null, hindered_at = null, hindrance_words = null,
                probed_at = excluded.probed_at, probe_at = excluded.probe_at
            """,
            new
            {
                Id = grant.Account.Id.Value,
                grant.Integration.ClientId,
                grant.AccessToken,
                grant.RefreshToken,
                grant.ExpiresAt,
                grant.ApiDomain,
                GrantedBy = grant.Account.CurrentUser.Value,
                grant.IsAdmin,
                Now = time.GetUtcNow(),
                ProbeAt = time.GetUtcNow() + ProbeRule.Daily,
            },
            transaction,
            cancellationToken: cancellationToken));

    private sealed class AccountRow
    {
        public required long AccountId { get; init; }

        public required string BaseUri { get; init; }

        public required string Brand { get; init; }

        public required string Name { get; init; }

        public DateTime? SyncedAt { get; init; }

        public DateTime? ValuedAt { get; init; }

        public string? ClientId { get; init; }

        public string? Status { get; init; }

        public bool? IsAdmin { get; init; }

        public string? StatusReason { get; init; }
    }
}
