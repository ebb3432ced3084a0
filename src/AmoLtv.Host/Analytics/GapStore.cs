using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Counts the leads on which something is missing.</summary>
internal sealed class GapStore(NpgsqlDataSource database)
{
    public async Task<GapTotals> ReadAsync(AnalysedAccount account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var excluded = await connection.QueryAsync<LeadCount>(Command(
            """
            select reason as Reason, sum(leads)::int as Leads, sum(amount)::numeric as Amount from verdict_totals
            where account_id = @Account and reason <> ''
            group by reason order by reason
            """));
        var withoutCompany = await connection.QuerySingleAsync<LeadCount>(Command(
            $"""
            select 'noCompany' as Reason, count(*)::int as Leads, coalesce(sum(amount), 0)::numeric as Amount from lead_verdicts
            where account_id = @Account and kind <> 0 and kind = {(short)VerdictKind.Purchase} and is_in_period and company_id is null
            """));
        var withoutCost = account.Settings.Cost.Kind == CostKind.Field
            ? await connection.QuerySingleAsync<LeadCount>(Command(
                $"""
                select 'noCost' as Reason, count(*)::int as Leads, coalesce(sum(amount), 0)::numeric as Amount from lead_verdicts
                where account_id = @Account and kind = {(short)VerdictKind.Purchase} and is_in_period and cost is null
                """))
            : null;
        return new GapTotals([.. excluded], withoutCompany, withoutCost);

        CommandDefinition Command(string sql) => new(sql, new { Account = account.Id.Value }, cancellationToken: cancellationToken);
    }
}
