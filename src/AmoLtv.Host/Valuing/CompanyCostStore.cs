using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>What acquiring companies cost, as a custom field of theirs says.</summary>
internal static class CompanyCostStore
{
    /// <returns>By company; empty where the cost does not come from a field.</returns>
    public static async Task<Dictionary<long, decimal>> ReadAsync(
        NpgsqlConnection connection, AccountId account, CacSettings cac, CancellationToken cancellationToken)
    {
        if (cac is not { Kind: CacKind.CompanyField, Field: { } field })
        {
            return [];
        }

        var rows = await connection.QueryAsync<(long Company, string Cost)>(new CommandDefinition(
            "select company_id, fields ->> @Field from companies where account_id = @Account and fields ->> @Field is not null",
            new { Account = account.Value, Field = field.ToString() },
            cancellationToken: cancellationToken));
        return rows
            .Select(row => (row.Company, Cost: CostOf(row.Cost)))
            .Where(row => row.Cost is not null)
            .ToDictionary(row => row.Company, row => row.Cost!.Value);
    }

    private static decimal? CostOf(string? text) => FieldText.Money(text) is { } cost and >= 0 ? cost : null;

    /// <summary>Companies that changed in a run later than this one, and whose cost is another than their result has.</summary>
    public static async Task<IEnumerable<CustomerKey>> ChangedSinceAsync(
        NpgsqlConnection connection, AccountId account, CacSettings cac, RunId run, CancellationToken cancellationToken)
    {
        if (cac is not { Kind: CacKind.CompanyField, Field: { } field })
        {
            return [];
        }

        var rows = await connection.QueryAsync<(long Company, string? Text, decimal? Cost)>(new CommandDefinition(
            """
            select company.company_id, company.fields ->> @Field, value.cac
            from companies company
            join customer_values value
                on value.account_id = company.account_id and value.scope = 1 and value.customer_id = company.company_id
            where company.account_id = @Account and company.changed_run > @Run
            """,
            new { Account = account.Value, Run = run.Value, Field = field.ToString() },
            cancellationToken: cancellationToken));
        return rows
            .Where(row => CostOf(row.Text) != row.Cost)
            .Select(row => new CustomerKey(CustomerScope.Company, row.Company));
    }
}
