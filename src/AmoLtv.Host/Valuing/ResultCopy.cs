using AmoLtv.Core.Valuation;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>Copies new results into <c>customer_values</c>.</summary>
internal static class ResultCopy
{
    /// <summary>What was computed, segments and bridge apart, in the order in which it is written.</summary>
    public const string Columns =
        """
        purchases, revenue, credit_notes, margin, estimated_costs, historical_ltv, average_order_value,
        purchases_per_year, lifetime_years, formula_ltv, ltv, ltv_kind, is_floored, no_formula_reason,
        first_purchase, last_purchase, relationship_months, typical_gap_days, gap_source, is_lost,
        channel, cac, ltv_to_cac, payback_months,
        expected_purchases, purchases_low, purchases_high, purchases_or_none, repeat_probability,
        expected_value, value_low, value_high, value_or_none, value_probability, next_purchase, total_ltv, digest
        """;

    public const string SegmentColumns = "tier, rfm_recency, rfm_frequency, rfm_monetary, rfm_group, lifecycle";

    private const string CopySql =
        $"""
        copy customer_values (account_id, scope, customer_id, from_run, {Columns}, {SegmentColumns},
                              ltv_before, by_purchases, by_settings, by_model, by_ageing)
        from stdin (format binary)
        """;

    public static async Task WriteAsync(
        NpgsqlConnection connection, long account, long run, IEnumerable<NewResult> results, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(CopySql, cancellationToken);
        foreach (var result in results)
        {
            await importer.StartRowAsync(cancellationToken);
            await importer.WriteAsync(account, NpgsqlDbType.Bigint, cancellationToken);
            await importer.WriteAsync((short)result.Valuation.Key.Scope, NpgsqlDbType.Smallint, cancellationToken);
            await importer.WriteAsync(result.Valuation.Key.Id, NpgsqlDbType.Bigint, cancellationToken);
            await importer.WriteAsync(run, NpgsqlDbType.Bigint, cancellationToken);
            await WriteSumsAsync(importer, result.Valuation, cancellationToken);
            await WriteRelationshipAsync(importer, result.Valuation.Relationship, cancellationToken);
            await WriteAcquisitionAsync(importer, result.Valuation, cancellationToken);
            await WritePredictionAsync(importer, result.Valuation.Prediction, cancellationToken);
            await importer.AddAsync(result.Valuation.TotalLtv, NpgsqlDbType.Numeric, cancellationToken);
            await importer.WriteAsync(result.Digest, NpgsqlDbType.Bigint, cancellationToken);
            await WriteSegmentsAsync(importer, result.Segments, cancellationToken);
            await WriteBridgeAsync(importer, result.Bridge, cancellationToken);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static async Task WriteSumsAsync(NpgsqlBinaryImporter importer, CustomerValuation value, CancellationToken cancellationToken)
    {
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

    private static async Task WriteAcquisitionAsync(NpgsqlBinaryImporter importer, CustomerValuation value, CancellationToken cancellationToken)
    {
        await importer.AddAsync(value.Channel, cancellationToken);
        await importer.AddAsync(value.Cac, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(value.LtvToCac, NpgsqlDbType.Double, cancellationToken);
        await importer.AddAsync(value.PaybackMonths, NpgsqlDbType.Integer, cancellationToken);
    }

    private static async Task WritePredictionAsync(NpgsqlBinaryImporter importer, CustomerPrediction? prediction, CancellationToken cancellationToken)
    {
        await importer.AddAsync(prediction?.Purchases, NpgsqlDbType.Double, cancellationToken);
        await importer.AddAsync(prediction?.PurchasesLow, NpgsqlDbType.Integer, cancellationToken);
        await importer.AddAsync(prediction?.PurchasesHigh, NpgsqlDbType.Integer, cancellationToken);
        await importer.AddAsync(prediction?.IsNoPurchaseLikely, NpgsqlDbType.Boolean, cancellationToken);
        await importer.AddAsync(prediction?.RepeatProbability, NpgsqlDbType.Double, cancellationToken);
        await importer.AddAsync(prediction?.Value, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(prediction?.ValueLow, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(prediction?.ValueHigh, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(prediction?.IsNoValueLikely, NpgsqlDbType.Boolean, cancellationToken);
        await importer.AddAsync(prediction?.ValueProbability, NpgsqlDbType.Double, cancellationToken);
        await importer.AddAsync(prediction?.NextPurchase, NpgsqlDbType.Date, cancellationToken);
    }

    private static async Task WriteSegmentsAsync(NpgsqlBinaryImporter importer, StoredSegments? segments, CancellationToken cancellationToken)
    {
        await importer.AddAsync(segments?.Tier, cancellationToken);
        await importer.AddAsync(segments?.Recency, NpgsqlDbType.Smallint, cancellationToken);
        await importer.AddAsync(segments?.Frequency, NpgsqlDbType.Smallint, cancellationToken);
        await importer.AddAsync(segments?.Monetary, NpgsqlDbType.Smallint, cancellationToken);
        await importer.AddAsync(segments?.RfmGroup, cancellationToken);
        await importer.AddAsync(segments?.Lifecycle, cancellationToken);
    }

    private static async Task WriteBridgeAsync(NpgsqlBinaryImporter importer, ValueBridge bridge, CancellationToken cancellationToken)
    {
        await importer.AddAsync(bridge.Before, NpgsqlDbType.Numeric, cancellationToken);
        await importer.WriteAsync(bridge.ByPurchases, NpgsqlDbType.Numeric, cancellationToken);
        await importer.WriteAsync(bridge.BySettings, NpgsqlDbType.Numeric, cancellationToken);
        await importer.WriteAsync(bridge.ByModel, NpgsqlDbType.Numeric, cancellationToken);
        await importer.WriteAsync(bridge.ByAgeing, NpgsqlDbType.Numeric, cancellationToken);
    }
}
