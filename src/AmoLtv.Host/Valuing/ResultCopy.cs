using AmoLtv.Core.Valuation;
using AmoLtv.Host.Database;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Copies new results into <c>customer_results</c>.</summary>
internal static class ResultCopy
{
    /// <summary>What was computed, segments and bridge apart, in the order in which it is written.</summary>
    private const string Columns =
        """
        purchases, revenue, credit_notes, margin, estimated_costs, historical_ltv, average_order_value,
        purchases_per_year, lifetime_years, formula_ltv, ltv, ltv_kind, is_floored, no_formula_reason,
        first_purchase, last_purchase, relationship_months, typical_gap_days, gap_source, is_lost,
        channel, cac, ltv_to_cac, payback_months,
        expected_purchases, purchases_low, purchases_high, purchases_or_none, repeat_probability,
        expected_value, value_low, value_high, value_or_none, value_probability, next_purchase, total_ltv, digest
        """;

    private const string SegmentColumns = "tier, rfm_recency, rfm_frequency, rfm_monetary, rfm_group, lifecycle, lifecycle_until";

    private const int Values = 5 + 37 + 7 + 5;

    private const string CopySql =
        $"""
        copy customer_results (account_id, generation, scope, customer_id, from_run, {Columns}, {SegmentColumns},
                              ltv_before, by_purchases, by_settings, by_model, by_ageing)
        from stdin (format binary)
        """;

    public static async Task WriteAsync(
        NpgsqlConnection connection, long account, long generation, long run, IEnumerable<NewResult> results, CancellationToken cancellationToken)
    {
        // What fails on the way leaves the caller's transaction without its end.
        await using var stream = await connection.BeginRawBinaryCopyAsync(CopySql, cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var result in results)
        {
            await rows.StartRowAsync(Values, cancellationToken);
            rows.Add((long?)account);
            rows.Add((long?)generation);
            rows.Add((short?)result.Valuation.Key.Scope);
            rows.Add((long?)result.Valuation.Key.Id);
            rows.Add((long?)run);
            AddSums(rows, result.Valuation);
            AddRelationship(rows, result.Valuation.Relationship);
            AddAcquisition(rows, result.Valuation);
            AddPrediction(rows, result.Valuation.Prediction);
            rows.Add(result.Valuation.TotalLtv);
            rows.Add((long?)result.Digest);
            AddSegments(rows, result.Segments);
            AddBridge(rows, result.Bridge);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static void AddSums(CopyRowWriter rows, CustomerValuation value)
    {
        rows.Add((int?)value.Purchases);
        rows.Add((decimal?)value.Revenue);
        rows.Add((decimal?)value.CreditNotes);
        rows.Add(value.Margin);
        rows.Add((int?)value.EstimatedCosts);
        rows.Add((decimal?)value.HistoricalLtv);
        rows.Add(value.AverageOrderValue);
        rows.Add(value.PurchasesPerYear);
        rows.Add((double?)value.LifetimeYears);
        rows.Add(value.FormulaLtv);
        rows.Add(value.Ltv);
        rows.Add(EnumText.Of(value.LtvKind));
        rows.Add((bool?)value.Headline.IsFloored);
        rows.Add(value.NoFormulaReason is { } reason ? EnumText.Of(reason) : null);
    }

    private static void AddRelationship(CopyRowWriter rows, Relationship? relationship)
    {
        rows.Add(relationship?.First);
        rows.Add(relationship?.Last);
        rows.Add(relationship?.Months);
        rows.Add(relationship?.Gap.Days);
        rows.Add(relationship is { } known ? EnumText.Of(known.Gap.Source) : null);
        rows.Add((bool?)(relationship?.IsLost ?? false));
    }

    private static void AddAcquisition(CopyRowWriter rows, CustomerValuation value)
    {
        rows.Add(value.Channel);
        rows.Add(value.Cac);
        rows.Add(value.LtvToCac);
        rows.Add(value.PaybackMonths);
    }

    private static void AddPrediction(CopyRowWriter rows, CustomerPrediction? prediction)
    {
        rows.Add(prediction?.Purchases);
        rows.Add(prediction?.PurchasesLow);
        rows.Add(prediction?.PurchasesHigh);
        rows.Add(prediction?.IsNoPurchaseLikely);
        rows.Add(prediction?.RepeatProbability);
        rows.Add(prediction?.Value);
        rows.Add(prediction?.ValueLow);
        rows.Add(prediction?.ValueHigh);
        rows.Add(prediction?.IsNoValueLikely);
        rows.Add(prediction?.ValueProbability);
        rows.Add(prediction?.NextPurchase);
    }

    private static void AddSegments(CopyRowWriter rows, StoredSegments? segments)
    {
        rows.Add(segments?.Tier);
        rows.Add(segments?.Recency);
        rows.Add(segments?.Frequency);
        rows.Add(segments?.Monetary);
        rows.Add(segments?.RfmGroup);
        rows.Add(segments?.Lifecycle);
        rows.Add(segments?.LifecycleUntil);
    }

    private static void AddBridge(CopyRowWriter rows, ValueBridge bridge)
    {
        rows.Add(bridge.Before);
        rows.Add((decimal?)bridge.ByPurchases);
        rows.Add((decimal?)bridge.BySettings);
        rows.Add((decimal?)bridge.ByModel);
        rows.Add((decimal?)bridge.ByAgeing);
    }
}
