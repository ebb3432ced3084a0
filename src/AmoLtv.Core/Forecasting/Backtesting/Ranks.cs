namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>Measures of order.</summary>
internal static class Ranks
{
    /// <summary>Spearman's correlation, ties at their mean rank.</summary>
    public static double Correlation(double[] first, double[] second)
    {
        var (a, b) = (Of(first), Of(second));
        var mean = (first.Length - 1) / 2.0;
        double cross = 0, squaresA = 0, squaresB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            cross += (a[i] - mean) * (b[i] - mean);
            squaresA += (a[i] - mean) * (a[i] - mean);
            squaresB += (b[i] - mean) * (b[i] - mean);
        }

        return squaresA * squaresB > 0 ? cross / Math.Sqrt(squaresA * squaresB) : 0;
    }

    /// <summary>Share of <paramref name="actual"/> held by the <paramref name="part"/> with the highest forecasts; equal forecasts share the last places.</summary>
    public static double TopShare(double[] forecast, double[] actual, double part)
    {
        var total = actual.Sum();
        var places = part * forecast.Length;
        double share = 0;
        foreach (var tie in forecast.Select((value, i) => (Value: value, Index: i)).GroupBy(entry => entry.Value).OrderByDescending(group => group.Key))
        {
            var size = tie.Count();
            share += tie.Sum(entry => actual[entry.Index]) * Math.Min(1, places / size);
            places -= size;
            if (places <= 0)
            {
                break;
            }
        }

        return total > 0 ? share / total : 0;
    }

    private static double[] Of(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to < order.Length && values[order[to]] == values[order[from]])
            {
                to++;
            }

            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }

            from = to;
        }

        return ranks;
    }
}
