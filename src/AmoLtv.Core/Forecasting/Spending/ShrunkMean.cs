using System.Text.Json.Serialization;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>
/// A customer's own mean shrunk to the base's: n/(n + K) of the own mean and the rest of the base's, K the ratio of the variance
/// within customers to the variance between them (Bühlmann and Straub 1970). Unlike Gamma-Gamma it takes any sign of amount.
/// </summary>
/// <param name="BaseMean">Mean over all purchases of the base.</param>
/// <param name="Strength">K ≥ 0: how many purchases of its own a customer needs to be believed as much as the base; infinity where customers do not differ.</param>
public sealed record ShrunkMean(double BaseMean, [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Strength)
{
    /// <summary>
    /// Estimates the two numbers from customers' summaries with their sums of squares; K is 1 where nobody has two purchases, or there
    /// is only one customer. Null where nobody has a purchase.
    /// </summary>
    public static ShrunkMean? Fit(ReadOnlySpan<SpendSummary> spends)
    {
        double total = 0, sum = 0, within = 0, countSquares = 0;
        var customers = 0;
        foreach (ref readonly var spend in spends)
        {
            if (spend.Count <= 0 || !double.IsFinite(spend.Mean))
            {
                continue;
            }

            customers++;
            total += spend.Count;
            countSquares += (double)spend.Count * spend.Count;
            sum += spend.Count * spend.Mean;
            within += spend.SumOfSquares;
        }

        if (customers == 0)
        {
            return null;
        }

        var mean = sum / total;
        var inner = total > customers ? within / (total - customers) : 0;
        return new ShrunkMean(mean, total > customers && customers > 1 ? StrengthOf(spends, mean, inner, customers, total, countSquares) : 1);
    }

    /// <summary>Expected value of the customer's next purchase, in the currency; the base's mean without one of its own.</summary>
    public double Expected(in SpendSummary spend)
    {
        if (spend.Count <= 0)
        {
            return BaseMean;
        }

        var weight = double.IsPositiveInfinity(Strength) ? 0 : spend.Count / (spend.Count + Strength);
        return weight * spend.Mean + (1 - weight) * BaseMean;
    }

    private static double StrengthOf(ReadOnlySpan<SpendSummary> spends, double mean, double inner, int customers, double total, double countSquares)
    {
        double between = 0;
        foreach (ref readonly var spend in spends)
        {
            if (spend.Count > 0 && double.IsFinite(spend.Mean))
            {
                between += spend.Count * (spend.Mean - mean) * (spend.Mean - mean);
            }
        }

        var outer = (between - (customers - 1) * inner) / (total - countSquares / total);
        return outer > 0 ? inner / outer : double.PositiveInfinity;
    }
}
