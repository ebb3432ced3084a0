namespace AmoLtv.Core.Forecasting.Series;

/// <summary>
/// How much more or less happens in each month than in the mean one. Shrunk to 1 by how little the months' differences repeat
/// from year to year, so that two years of noise show no season: by 1 − 1/F of months against years, as James and Stein shrink
/// (Miller and Williams 2003, Int. J. Forecasting 19(4), on shrunk seasonal factors).
/// </summary>
/// <param name="Indices">January to December, mean 1, each &gt; 0.</param>
/// <param name="Strength">How far the season was believed, 0 (not at all) .. 1.</param>
public sealed record SeasonalIndices(IReadOnlyList<double> Indices, double Strength)
{
    private const double LeastIndex = 0.05;

    /// <summary>No season.</summary>
    public static SeasonalIndices None { get; } = new([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0);

    /// <summary>Estimates from whole months, the first of them being month <paramref name="firstMonth"/> (1..12); none with fewer than two years or a month without anything on average.</summary>
    public static SeasonalIndices Estimate(ReadOnlySpan<double> values, int firstMonth)
    {
        if (values.Length < 24)
        {
            return None;
        }

        var ratios = Ratios(values, firstMonth);
        if (ratios is null)
        {
            return None;
        }

        // One-way analysis of variance: months against years.
        var means = ratios.Select(month => month.Average()).ToArray();
        var count = ratios.Sum(month => month.Count);
        var within = ratios.Select((month, i) => month.Sum(ratio => (ratio - means[i]) * (ratio - means[i]))).Sum();
        var grand = means.Average();
        var between = means.Sum(mean => (mean - grand) * (mean - grand)) / 11;
        var noise = count > 12 ? within / (count - 12) * 12 / count : between;
        var strength = between > 0 ? Math.Clamp(1 - noise / between, 0, 1) : 0;
        var raw = means.Select(mean => Math.Max(LeastIndex, 1 + strength * (mean / grand - 1))).ToArray();
        var scale = raw.Average();
        return new SeasonalIndices(Array.ConvertAll(raw, index => index / scale), strength);
    }

    /// <summary>
    /// Length of a horizon in the time the customer-level models were fitted in: the sum of the indices of its months, each weighted with
    /// the part of it inside, over days per unit.
    /// </summary>
    /// <param name="from">First day of the horizon.</param>
    /// <param name="to">The day after its last.</param>
    /// <param name="daysPerUnit">&gt; 0; 7 for weeks.</param>
    /// <returns>≥ 0, in units of time.</returns>
    public double EffectiveLength(DateOnly from, DateOnly to, double daysPerUnit = 7)
    {
        double days = 0;
        for (var day = from; day < to;)
        {
            var next = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            next = next < to ? next : to;
            days += (next.DayNumber - day.DayNumber) * Indices[day.Month - 1];
            day = next;
        }

        return days / daysPerUnit;
    }

    private static List<double>[]? Ratios(ReadOnlySpan<double> values, int firstMonth)
    {
        var trend = ClassicalDecomposition.Of(values, 12, Seasonality.Additive).Trend;
        var ratios = new List<double>[12];
        for (var i = 0; i < 12; i++)
        {
            ratios[i] = [];
        }

        for (var i = 0; i < trend.Length; i++)
        {
            if (!(trend[i] > 0))
            {
                return null;
            }

            ratios[(firstMonth - 1 + i + 6) % 12].Add(values[i + 6] / trend[i]);
        }

        return ratios;
    }
}
