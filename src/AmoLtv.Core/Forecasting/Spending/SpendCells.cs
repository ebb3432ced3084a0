using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>Customers with a positive mean value, sorted by count, values scaled to a mean of 1, padded to whole vectors.</summary>
internal sealed class SpendCells
{
    public SpendCells(ReadOnlySpan<SpendSummary> spends)
    {
        var kept = Kept(spends);
        Customers = kept.Length;
        Scale = kept.Length == 0 ? 1 : GeometricMean(kept);
        var (means, weights, counts, starts, sizes, logs) = (new List<double>(), new List<double>(), new List<int>(), new List<int>(), new List<double>(), new List<double>());
        for (int from = 0, to; from < kept.Length; from = to)
        {
            counts.Add(kept[from].Count);
            starts.Add(means.Count);
            double sum = 0;
            for (to = from; to < kept.Length && kept[to].Count == kept[from].Count; to++)
            {
                means.Add(kept[to].Mean / Scale);
                weights.Add(1);
                sum += Math.Log(means[^1]);
            }

            sizes.Add(to - from);
            logs.Add(sum);
            while (means.Count % PurchaseCells.Lanes != 0)
            {
                means.Add(1);
                weights.Add(0);
            }
        }

        (Means, Weights, Counts, Starts, Sizes, LogSums) = ([.. means], [.. weights], [.. counts], [.. starts, means.Count], [.. sizes], [.. logs]);
        ObservedMean = Mean(kept, spend => spend.Mean);
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
    private static double GeometricMean(SpendSummary[] kept) => Math.Exp(Mean(kept, spend => Math.Log(spend.Mean)));

    private static SpendSummary[] Kept(ReadOnlySpan<SpendSummary> spends)
    {
        var kept = new List<SpendSummary>(spends.Length);
        foreach (ref readonly var spend in spends)
        {
            if (spend.IsPositive)
            {
                kept.Add(spend);
            }
        }

        kept.Sort((first, second) => first.Count != second.Count ? first.Count.CompareTo(second.Count) : first.Mean.CompareTo(second.Mean));
        return [.. kept];
    }

    private static double Mean(SpendSummary[] kept, Func<SpendSummary, double> number)
    {
        double sum = 0;
        foreach (var spend in kept)
        {
            sum += number(spend);
        }

        return kept.Length == 0 ? 0 : sum / kept.Length;
    }

    private static double CorrelationOf(SpendSummary[] kept)
    {
        if (kept.Length < 3)
        {
            return 0;
        }

        var (countMean, valueMean) = (Mean(kept, spend => spend.Count), Mean(kept, spend => spend.Mean));
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
