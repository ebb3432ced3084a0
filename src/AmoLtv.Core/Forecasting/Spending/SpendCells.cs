using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>Customers with a positive mean value, sorted by count, values scaled to a mean of 1, padded to whole vectors.</summary>
internal sealed class SpendCells
{
    public SpendCells(ReadOnlySpan<SpendSummary> spends)
    {
        var kept = spends.ToArray().Where(spend => spend.IsPositive).OrderBy(spend => spend.Count).ThenBy(spend => spend.Mean).ToArray();
        Customers = kept.Length;
        Scale = kept.Length == 0 ? 1 : GeometricMean(kept);
        var (means, weights, counts, starts, sizes, logs) = (new List<double>(), new List<double>(), new List<int>(), new List<int>(), new List<double>(), new List<double>());
        foreach (var group in kept.GroupBy(spend => spend.Count))
        {
            counts.Add(group.Key);
            starts.Add(means.Count);
            means.AddRange(group.Select(spend => spend.Mean / Scale));
            weights.AddRange(Enumerable.Repeat(1.0, means.Count - starts[^1]));
            sizes.Add(means.Count - starts[^1]);
            logs.Add(group.Sum(spend => Math.Log(spend.Mean / Scale)));
            while (means.Count % PurchaseCells.Lanes != 0)
            {
                means.Add(1);
                weights.Add(0);
            }
        }

        (Means, Weights, Counts, Starts, Sizes, LogSums) = ([.. means], [.. weights], [.. counts], [.. starts, means.Count], [.. sizes], [.. logs]);
        ObservedMean = kept.Length == 0 ? 0 : kept.Average(spend => spend.Mean);
        Correlation = CorrelationOf(kept);
    }

    public int Customers { get; }

    public double Scale { get; }

    public double ObservedMean { get; }

    public double Correlation { get; }

    public double[] Means { get; }

    public double[] Weights { get; }

    public int[] Counts { get; }

    public int[] Starts { get; }

    public double[] Sizes { get; }

    public double[] LogSums { get; }

    // The geometric mean keeps both ends of 0.01 and 1e12 within range.
    private static double GeometricMean(SpendSummary[] kept) => Math.Exp(kept.Average(spend => Math.Log(spend.Mean)));

    private static double CorrelationOf(SpendSummary[] kept)
    {
        if (kept.Length < 3)
        {
            return 0;
        }

        var (countMean, valueMean) = (kept.Average(spend => spend.Count), kept.Average(spend => spend.Mean));
        double cross = 0, counts = 0, values = 0;
        foreach (var spend in kept)
        {
            var (count, value) = (spend.Count - countMean, (spend.Mean - valueMean) / valueMean);
            cross += count * value;
            counts += count * count;
            values += value * value;
        }

        return counts * values > 0 ? cross / Math.Sqrt(counts * values) : 0;
    }
}
