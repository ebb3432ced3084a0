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
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into lead_exclusions (account_id, lead_id, comment, excluded_by, excluded_at)
            values (@Account, @Lead, @Comment, @By, @Now)
            on conflict (account_id, lead_id) where revoked_at is null do nothing
            """,
            new { Account = account.Value, Lead = lead.Value, Comment = comment, By = by, Now = time.GetUtcNow() },
            cancellationToken: cancellationToken)) == 1;
    }

    /// <returns>False where the lead is not excluded.</returns>
    public async Task<bool> RevokeAsync(AccountId account, LeadId lead, string by, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update lead_exclusions set revoked_by = @By, revoked_at = @Now
            where account_id = @Account and lead_id = @Lead and revoked_at is null
            """,
            new { Account = account.Value, Lead = lead.Value, By = by, Now = time.GetUtcNow() },
            cancellationToken: cancellationToken)) == 1;
    }

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
}
