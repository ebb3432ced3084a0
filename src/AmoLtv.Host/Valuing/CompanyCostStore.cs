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
            .Select(row => (row.Company, Cost: FieldText.Money(row.Cost)))
            .Where(row => row.Cost >= 0)
            .ToDictionary(row => row.Company, row => row.Cost!.Value);
    }

    /// <summary>Companies that changed in a run later than this one: their cost may have.</summary>
    public static async Task<IEnumerable<CustomerKey>> ChangedSinceAsync(
        NpgsqlConnection connection, AccountId account, CacSettings cac, RunId run, CancellationToken cancellationToken)
    {
        if (cac.Kind != CacKind.CompanyField)
        {
            return [];
        }

        var ids = await connection.QueryAsync<long>(new CommandDefinition(
            "select company_id from companies where account_id = @Account and changed_run > @Run",
            new { Account = account.Value, Run = run.Value },
            cancellationToken: cancellationToken));
        return ids.Select(id => new CustomerKey(CustomerScope.Company, id));
    }
}
