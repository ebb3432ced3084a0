using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Reads the clients of an account with their results in force.</summary>
internal sealed class AnalysedClientStore(NpgsqlDataSource database)
{
    private static readonly string Sql =
        $"""
        select
            value.scope, value.customer_id, value.purchases, value.revenue, value.credit_notes, value.margin, value.historical_ltv,
            value.average_order_value, value.purchases_per_year, value.lifetime_years, value.formula_ltv,
            value.ltv, value.ltv_kind, value.is_floored, value.no_formula_reason,
            value.first_purchase, value.last_purchase, value.typical_gap_days, value.gap_source,
            value.channel, value.cac, value.ltv_to_cac, value.payback_months,
            value.tier, value.rfm_group, value.lifecycle, value.expected_value,
            coalesce(company.responsible_user_id, contact.responsible_user_id), value.rfm_recency, value.rfm_frequency,
            {ClientColumns.Digest}
        from customer_values value
        left join companies company
            on value.scope = 1 and company.account_id = $1 and company.company_id = value.customer_id
        left join contacts contact
            on value.scope = 3 and contact.account_id = $1 and contact.contact_id = value.customer_id
        where value.account_id = $1 and value.scope in (1, 3)
        order by value.scope, value.customer_id
        """;

    public async Task<List<AnalysedClient>> ReadAsync(AccountId account, DateOnly asOf, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = account.Value });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var clients = new List<AnalysedClient>();
        var texts = new TextPool();
        while (await rows.ReadAsync(cancellationToken))
        {
            clients.Add(new AnalysedClient
            {
                Valuation = ReadValuation(rows, asOf, texts),
                Tier = Text(rows, 23, texts),
                RfmGroup = Text(rows, 24, texts),
                Lifecycle = Text(rows, 25, texts),
                ExpectedValue = Optional<decimal>(rows, 26),
                RfmScores = rows.IsDBNull(28) || rows.IsDBNull(29) ? null : (rows.GetInt16(28), rows.GetInt16(29)),
                Digest = rows.GetInt64(30),
                Responsible = Optional<long>(rows, 27) is { } user ? new UserId(user) : null,
            });
        }

        return clients;
    }

    private static CustomerValuation ReadValuation(NpgsqlDataReader row, DateOnly asOf, TextPool texts) => new()
    {
        Key = new CustomerKey((CustomerScope)row.GetInt16(0), row.GetInt64(1)),
        Purchases = row.GetInt32(2),
        Revenue = row.GetDecimal(3),
        CreditNotes = row.GetDecimal(4),
        Margin = Optional<decimal>(row, 5),
        HistoricalLtv = row.GetDecimal(6),
        AverageOrderValue = Optional<decimal>(row, 7),
        PurchasesPerYear = Optional<double>(row, 8),
        LifetimeYears = Optional<double>(row, 9) ?? 0,
        FormulaLtv = Optional<decimal>(row, 10),
        Headline = new Headline(Optional<decimal>(row, 11), Kind<HeadlineKind>(row.GetString(12)), row.GetBoolean(13)),
        NoFormulaReason = row.IsDBNull(14) ? null : Kind<NoFormulaReason>(row.GetString(14)),
        Relationship = ReadRelationship(row, asOf),
        Channel = Text(row, 19, texts),
        Cac = Optional<decimal>(row, 20),
        LtvToCac = Optional<double>(row, 21),
        PaybackMonths = Optional<int>(row, 22),
    };

    private static Relationship? ReadRelationship(NpgsqlDataReader row, DateOnly asOf) => row.IsDBNull(15)
        ? null
        : new Relationship(
            row.GetFieldValue<DateOnly>(15), row.GetFieldValue<DateOnly>(16),
            new TypicalGap(row.GetDouble(17), Kind<GapSource>(row.GetString(18))), asOf);

    private static T? Optional<T>(NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private static string? Text(NpgsqlDataReader row, int column, TextPool texts) =>
        row.IsDBNull(column) ? null : texts.Of(row.GetString(column));

    private static T Kind<T>(string text)
        where T : struct, Enum => Enum.Parse<T>(text, ignoreCase: true);
}
