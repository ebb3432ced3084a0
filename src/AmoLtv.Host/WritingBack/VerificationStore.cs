using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>SQL of the sums that a verification shows beside the mismatches.</summary>
public sealed class VerificationStore(NpgsqlDataSource database)
{
    public async Task<VerificationTotals> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var parameters = new { Account = account.Value };
        var clients = await connection.QuerySingleAsync<(long Valued, long Purchases, decimal Revenue)>(new CommandDefinition(
            """
            select count(*) filter (where ltv is not null), coalesce(sum(purchases), 0)::bigint, coalesce(sum(revenue), 0)
            from customer_values
            where account_id = @Account and scope in (1, 3)
            """,
            parameters,
            cancellationToken: cancellationToken));
        var excluded = await connection.QueryAsync<(string Reason, long Leads)>(new CommandDefinition(
            "select reason, count(*) from lead_verdicts where account_id = @Account and reason is not null group by reason order by reason",
            parameters,
            cancellationToken: cancellationToken));
        var written = await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            """
            select (counts ->> 'fieldsWritten')::bigint
            from run_steps
            where account_id = @Account and step = 'write-back' and status = 'finished'
            order by run_id desc
            limit 1
            """,
            parameters,
            cancellationToken: cancellationToken));
        var unreadable = await connection.QuerySingleAsync<int>(new CommandDefinition(
            "select unreadable_leads from accounts where account_id = @Account", parameters, cancellationToken: cancellationToken));
        return new VerificationTotals(
            clients.Valued, clients.Purchases, clients.Revenue, excluded.ToDictionary(row => row.Reason, row => row.Leads), written, unreadable);
    }
}
