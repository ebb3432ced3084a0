using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Reads how many leads miss something, as the verdicts are counted.</summary>
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
        var missing = await connection.QuerySingleAsync<MissingRow>(Command(
            $"""
            select coalesce(sum(leads_without_company), 0)::int as CompanyLeads, coalesce(sum(amount_without_company), 0)::numeric as CompanyAmount,
                   coalesce(sum(leads_without_cost), 0)::int as CostLeads, coalesce(sum(amount_without_cost), 0)::numeric as CostAmount
            from verdict_totals
            where account_id = @Account and kind = {(short)VerdictKind.Purchase} and reason = ''
            """));
        return new GapTotals(
            [.. excluded],
            new LeadCount("noCompany", missing.CompanyLeads, missing.CompanyAmount),
            account.Settings.Cost.Kind == CostKind.Field ? new LeadCount("noCost", missing.CostLeads, missing.CostAmount) : null);

        CommandDefinition Command(string sql) => new(sql, new { Account = account.Id.Value }, cancellationToken: cancellationToken);
    }

    private sealed record MissingRow(int CompanyLeads, decimal CompanyAmount, int CostLeads, decimal CostAmount);
}
