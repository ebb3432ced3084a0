using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Reads the results in force of an account, what they are compared, summed and cut by: not the whole rows.</summary>
internal static class StoredResultStore
{
    /// <param name="connection">An open one.</param>
    /// <param name="account">The account.</param>
    /// <param name="asOf">The date of the results: relationships are of it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Dictionary<CustomerKey, StoredResult>> ReadAsync(
        NpgsqlConnection connection, AccountId account, DateOnly asOf, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select scope, customer_id, from_run, digest, purchases, revenue, margin, historical_ltv, purchases_per_year, formula_ltv,
                   no_formula_reason = 'returnsExceedPurchases', ltv, first_purchase, last_purchase, typical_gap_days, gap_source,
                   tier, rfm_recency, rfm_frequency, rfm_monetary, rfm_group, lifecycle
            from customer_values
            where account_id = $1 and to_run is null
            """,
            connection);
        command.Parameters.Add(new() { Value = account.Value });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var results = new Dictionary<CustomerKey, StoredResult>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var figures = ReadFigures(rows, asOf);
            results.Add(figures.Key, new StoredResult(figures, ReadSegments(rows), rows.GetInt64(2), rows.GetInt64(3)));
        }

        return results;
    }

    private static CustomerFigures ReadFigures(NpgsqlDataReader row, DateOnly asOf) => new()
    {
        Key = new CustomerKey((CustomerScope)row.GetInt16(0), row.GetInt64(1)),
        Purchases = row.GetInt32(4),
        Revenue = row.GetDecimal(5),
        Margin = row.IsDBNull(6) ? null : row.GetDecimal(6),
        HistoricalLtv = row.GetDecimal(7),
        PurchasesPerYear = row.IsDBNull(8) ? null : row.GetDouble(8),
        FormulaLtv = row.IsDBNull(9) ? null : row.GetDecimal(9),
        ReturnsExceedPurchases = !row.IsDBNull(10) && row.GetBoolean(10),
        Ltv = row.IsDBNull(11) ? null : row.GetDecimal(11),
        Relationship = row.IsDBNull(12) ? null : ReadRelationship(row, asOf),
    };

    private static Relationship ReadRelationship(NpgsqlDataReader row, DateOnly asOf) => new(
        row.GetFieldValue<DateOnly>(12),
        row.GetFieldValue<DateOnly>(13),
        new TypicalGap(row.GetDouble(14), EnumText.Read<GapSource>(row.GetString(15))),
        asOf);

    private static StoredSegments? ReadSegments(NpgsqlDataReader row) => row.IsDBNull(16) || row.IsDBNull(21)
        ? null
        : new StoredSegments(row.GetString(16), row.GetInt16(17), row.GetInt16(18), row.GetInt16(19), row.GetString(20), row.GetString(21));
}
