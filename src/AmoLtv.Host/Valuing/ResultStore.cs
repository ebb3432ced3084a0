using System.Text.Json;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>Results of customers: staged, then merged so that only what changed gets a new row.</summary>
internal static class ResultStore
{
    /// <summary>Columns of <c>customer_values</c> that are the result, in the order in which they are copied.</summary>
    private static readonly string[] Columns =
    [
        "purchases", "revenue", "credit_notes", "margin", "estimated_costs", "historical_ltv", "average_order_value",
        "purchases_per_year", "lifetime_years", "formula_ltv", "ltv", "ltv_kind", "is_floored", "no_formula_reason",
        "first_purchase", "last_purchase", "relationship_months", "typical_gap_days", "gap_source", "is_lost",
        "channel", "cac", "ltv_to_cac", "payback_months", "tier",
    ];

    private static readonly string StageSql =
        $"""
        drop table if exists staged_values;
        create temporary table staged_values as select scope, customer_id, {List()} from customer_values with no data;
        """;

    private static readonly string CopySql = $"copy staged_values (scope, customer_id, {List()}) from stdin (format binary)";

    private const string EndVanishedSql =
        """
        update customer_values value set to_run = @Run
        where value.account_id = @Account and value.to_run is null and not exists (
            select from staged_values staged where staged.scope = value.scope and staged.customer_id = value.customer_id);
        """;

    private static readonly string EndChangedSql =
        $"""
        -- What this very run wrote before it was interrupted and differs now has no history worth keeping.
        delete from customer_values value
        where value.account_id = @Account and value.to_run is null and value.from_run = @Run and not exists ({Same()});

        update customer_values value set to_run = @Run
        where value.account_id = @Account and value.to_run is null and not exists ({Same()});
        """;

    private static readonly string BeginSql =
        $"""
        insert into customer_values (account_id, from_run, scope, customer_id, {List()})
        select @Account, @Run, staged.scope, staged.customer_id, {List("staged.")}
        from staged_values staged
        where not exists (
            select from customer_values value
            where value.account_id = @Account and value.scope = staged.scope
              and value.customer_id = staged.customer_id and value.to_run is null);
        """;

    public static async Task StageAsync(
        NpgsqlConnection connection, AccountReport report, CancellationToken cancellationToken)
    {
        var tiers = report.Standings.ToDictionary(standing => standing.Key, standing => standing.Tier);
        await connection.ExecuteAsync(new CommandDefinition(StageSql, cancellationToken: cancellationToken));
        await using (var importer = await connection.BeginBinaryImportAsync(CopySql, cancellationToken))
        {
            foreach (var valuation in report.Customers)
            {
                await WriteAsync(importer, valuation, cancellationToken);
                await importer.AddAsync(tiers.GetValueOrDefault(valuation.Key), cancellationToken);
            }

            await importer.CompleteAsync(cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "create index on staged_values (scope, customer_id); analyze staged_values", cancellationToken: cancellationToken));
    }

    /// <returns>Customers whose result is new, another or gone: 0 where nothing changed.</returns>
    public static async Task<int> MergeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, CancellationToken cancellationToken)
    {
        Task<int> ExecuteAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(
            sql, new { Account = run.Account.Value, Run = run.Run.Value }, transaction, cancellationToken: cancellationToken));

        var vanished = await ExecuteAsync(EndVanishedSql);
        await ExecuteAsync(EndChangedSql);
        return vanished + await ExecuteAsync(BeginSql);
    }

    public static Task SaveAccountAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RunContext run,
        AccountReport report,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into account_values (account_id, run_id, as_of, numbers, ladder, calculated_at)
            values (@Account, @Run, @AsOf, @Numbers::jsonb, @Ladder, @Now)
            on conflict (account_id, run_id) do update set
                as_of = excluded.as_of, numbers = excluded.numbers, ladder = excluded.ladder, calculated_at = excluded.calculated_at;

            update accounts set valued_at = @Now where account_id = @Account;
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                report.Account.AsOf,
                Numbers = JsonSerializer.Serialize(report.Account, SettingsJson.Options),
                Ladder = ValueLadder.Of(report.Customers.Select(value => value.Figures)).Values.ToArray(),
                Now = now,
            },
            transaction,
            cancellationToken: cancellationToken));

    private static async Task WriteAsync(NpgsqlBinaryImporter importer, CustomerValuation value, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        await importer.WriteAsync((short)value.Key.Scope, NpgsqlDbType.Smallint, cancellationToken);
        await importer.WriteAsync(value.Key.Id, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync(value.Purchases, NpgsqlDbType.Integer, cancellationToken);
        await importer.WriteAsync(value.Revenue, NpgsqlDbType.Numeric, cancellationToken);
        await importer.WriteAsync(value.CreditNotes, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(value.Margin, NpgsqlDbType.Numeric, cancellationToken);
        await importer.WriteAsync(value.EstimatedCosts, NpgsqlDbType.Integer, cancellationToken);
        await importer.WriteAsync(value.HistoricalLtv, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(value.AverageOrderValue, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(value.PurchasesPerYear, NpgsqlDbType.Double, cancellationToken);
        await importer.WriteAsync(value.LifetimeYears, NpgsqlDbType.Double, cancellationToken);
        await importer.AddAsync(value.FormulaLtv, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(value.Ltv, NpgsqlDbType.Numeric, cancellationToken);
        await importer.WriteAsync(EnumText.Of(value.LtvKind), NpgsqlDbType.Text, cancellationToken);
        await importer.WriteAsync(value.Headline.IsFloored, NpgsqlDbType.Boolean, cancellationToken);
        await importer.AddAsync(value.NoFormulaReason is { } reason ? EnumText.Of(reason) : null, cancellationToken);
        await WriteRelationshipAsync(importer, value.Relationship, cancellationToken);
        await importer.AddAsync(value.Channel, cancellationToken);
        await importer.AddAsync(value.Cac, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(value.LtvToCac, NpgsqlDbType.Double, cancellationToken);
        await importer.AddAsync(value.PaybackMonths, NpgsqlDbType.Integer, cancellationToken);
    }

    private static async Task WriteRelationshipAsync(NpgsqlBinaryImporter importer, Relationship? relationship, CancellationToken cancellationToken)
    {
        await importer.AddAsync(relationship?.First, NpgsqlDbType.Date, cancellationToken);
        await importer.AddAsync(relationship?.Last, NpgsqlDbType.Date, cancellationToken);
        await importer.AddAsync(relationship?.Months, NpgsqlDbType.Integer, cancellationToken);
        await importer.AddAsync(relationship?.Gap.Days, NpgsqlDbType.Double, cancellationToken);
        await importer.AddAsync(relationship is { } known ? EnumText.Of(known.Gap.Source) : null, cancellationToken);
        await importer.WriteAsync(relationship?.IsLost ?? false, NpgsqlDbType.Boolean, cancellationToken);
    }

    private static string List(string prefix = "") => string.Join(", ", Columns.Select(column => prefix + column));

    private static string Same() =>
        $"""
        select from staged_values staged
        where staged.scope = value.scope and staged.customer_id = value.customer_id
          and ({List("staged.")}) is not distinct from ({List("value.")})
        """;
}
