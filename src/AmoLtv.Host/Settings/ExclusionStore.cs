using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Leads excluded by hand; taking an exclusion back keeps its trace.</summary>
public sealed class ExclusionStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Whether the lead is among those synced.</summary>
    public async Task<bool> KnowsAsync(AccountId account, LeadId lead, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from leads where account_id = @Account and lead_id = @Lead)",
            new { Account = account.Value, Lead = lead.Value },
            cancellationToken: cancellationToken));
    }

    /// <returns>False where the lead is excluded already.</returns>
    public async Task<bool> AddAsync(AccountId account, LeadId lead, string comment, string by, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await AddAsync(connection, account, lead, comment, by, cancellationToken);
    }

    /// <inheritdoc cref="AddAsync(AccountId, LeadId, string, string, CancellationToken)"/>
    public async Task<bool> AddAsync(
        NpgsqlConnection connection, AccountId account, LeadId lead, string comment, string by, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into lead_exclusions (account_id, lead_id, comment, excluded_by, excluded_at)
            values (@Account, @Lead, @Comment, @By, @Now)
            on conflict (account_id, lead_id) where revoked_at is null do nothing
            """,
            new { Account = account.Value, Lead = lead.Value, Comment = comment, By = by, Now = time.GetUtcNow() },
            cancellationToken: cancellationToken)) == 1;

    /// <returns>False where the lead is not excluded.</returns>
    public async Task<bool> RevokeAsync(AccountId account, LeadId lead, string by, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await RevokeAsync(connection, account, lead, by, cancellationToken);
    }

    /// <inheritdoc cref="RevokeAsync(AccountId, LeadId, string, CancellationToken)"/>
    public async Task<bool> RevokeAsync(
        NpgsqlConnection connection, AccountId account, LeadId lead, string by, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update lead_exclusions set revoked_by = @By, revoked_at = @Now
            where account_id = @Account and lead_id = @Lead and revoked_at is null
            """,
            new { Account = account.Value, Lead = lead.Value, By = by, Now = time.GetUtcNow() },
            cancellationToken: cancellationToken)) == 1;

    /// <summary>Every exclusion, the revoked too, the newest first.</summary>
    public async Task<IReadOnlyList<LeadExclusion>> ListAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<LeadExclusion>(new CommandDefinition(
            """
            select lead_id, comment, excluded_by, excluded_at, revoked_by, revoked_at
            from lead_exclusions
            where account_id = @Account
            order by exclusion_id desc
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken))];
    }

    /// <summary>Exclusions with what is known of their leads, the newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="isInForce">Only those not taken back.</param>
    /// <param name="before">Older than this one; null: from the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ExcludedLead>> ListLeadsAsync(
        AccountId account, bool isInForce, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select e.exclusion_id, e.lead_id, l.company_id, c.name as company_name, l.main_contact_id,
                   coalesce(v.amount, l.price) as amount, v.purchase_day, e.comment, e.excluded_by, e.excluded_at, e.revoked_by, e.revoked_at
            from lead_exclusions e
            left join leads l on l.account_id = e.account_id and l.lead_id = e.lead_id
            left join companies c on c.account_id = e.account_id and c.company_id = l.company_id
            left join lead_verdicts v on v.account_id = e.account_id and v.lead_id = e.lead_id
            where e.account_id = @Account and (@before::bigint is null or e.exclusion_id < @before) and (not @isInForce or e.revoked_at is null)
            order by e.exclusion_id desc
            limit @limit
            """,
            new { Account = account.Value, before, isInForce, limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToLead())];
    }

    private sealed class Row
    {
        public required long ExclusionId { get; init; }

        public required long LeadId { get; init; }

        public long? CompanyId { get; init; }

        public string? CompanyName { get; init; }

        public long? MainContactId { get; init; }

        public decimal? Amount { get; init; }

        public DateOnly? PurchaseDay { get; init; }

        public required string Comment { get; init; }

        public required string ExcludedBy { get; init; }

        public required DateTime ExcludedAt { get; init; }

        public string? RevokedBy { get; init; }

        public DateTime? RevokedAt { get; init; }

        public ExcludedLead ToLead() => new(
            ExclusionId, LeadId, CompanyId, CompanyName, MainContactId, Amount, PurchaseDay, Comment, ExcludedBy, new DateTimeOffset(ExcludedAt),
            RevokedBy, RevokedAt is { } revoked ? new DateTimeOffset(revoked) : null);
    }
}
