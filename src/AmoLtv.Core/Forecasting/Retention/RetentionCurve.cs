using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>
/// Share of customers still here by time since their first purchase: the product-limit estimate (Kaplan and Meier 1958) with
/// Greenwood's variance, the band on the log-log scale, where it cannot leave 0..1 (Kalbfleisch and Prentice 2002, 1.4).
/// </summary>
public sealed record RetentionCurve
{
    /// <summary>Customers followed.</summary>
    public required int Customers { get; init; }

    /// <summary>One point for each time at which somebody was lost, ascending.</summary>
    public required IReadOnlyList<RetentionPoint> Points { get; init; }

    /// <summary>The longest time followed, in the unit of the times given; nothing is known beyond.</summary>
    public required double End { get; init; }

    /// <summary>Estimates the curve. At equal times losses come before customers who are only followed so far.</summary>
    /// <param name="customers">The customers; times must be finite and ≥ 0.</param>
    /// <param name="confidence">Of the pointwise band, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite.</exception>
    public static RetentionCurve Estimate(IEnumerable<FollowedCustomer> customers, double confidence = 0.95)
    {
        var sorted = customers.OrderBy(customer => customer.Time).ToList();
        if (sorted.Exists(customer => !(customer.Time >= 0) || double.IsInfinity(customer.Time)))
        {
            throw new ArgumentException("A time followed is finite and not negative.", nameof(customers));
        }

        var z = NormalDistribution.Quantile(0.5 + confidence / 2);
        var points = new List<RetentionPoint>();
        double share = 1, greenwood = 0;
        for (var from = 0; from < sorted.Count;)
        {
            var to = from;
            var lost = 0;
            for (; to < sorted.Count && sorted[to].Time == sorted[from].Time; to++)
            {
                lost += sorted[to].IsLost ? 1 : 0;
            }

            var atRisk = sorted.Count - from;
            if (lost > 0)
            {
                share *= 1 - (double)lost / atRisk;
                greenwood += lost == atRisk ? double.PositiveInfinity : (double)lost / atRisk / (atRisk - lost);
                var (low, high) = Band(share, greenwood, z);
                points.Add(new RetentionPoint(sorted[from].Time, atRisk, lost, share, low, high));
            }

            from = to;
        }

        return new RetentionCurve { Customers = sorted.Count, Points = points, End = sorted.Count == 0 ? 0 : sorted[^1].Time };
    }

    /// <summary>Share still here at a time, 0..1; 1 before the first loss, the last share beyond <see cref="End"/>.</summary>
    public double ShareAt(double time) => Points.LastOrDefault(point => point.Time <= time, new RetentionPoint(0, Customers, 0, 1, 1, 1)).Share;

    private static (double Low, double High) Band(double share, double greenwood, double z)
    {
        if (share <= 0 || double.IsInfinity(greenwood))
        {
            return (0, share <= 0 ? 0 : 1);
        }

        var log = Math.Log(share);
        var width = z * Math.Sqrt(greenwood) / Math.Abs(log);
        return (Math.Pow(share, Math.Exp(width)), Math.Pow(share, Math.Exp(-width)));
    }
}
