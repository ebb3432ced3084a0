namespace AmoLtv.Core.Forecasting.Series;

/// <summary>Trend by a centred moving average of one cycle, seasons as means of what is left (Persons 1919).</summary>
/// <param name="Trend">The average, from period season/2 on, without the ends.</param>
/// <param name="Seasons">One for each period of the cycle, that of the first value first; they sum to 0, or have mean 1 where they multiply.</param>
internal sealed record ClassicalDecomposition(double[] Trend, double[] Seasons)
{
    /// <summary>Decomposes at least two cycles.</summary>
    public static ClassicalDecomposition Of(ReadOnlySpan<double> values, int season, Seasonality seasonality)
    {
        var half = season / 2;
        var trend = new double[values.Length - 2 * half];
        for (var i = 0; i < trend.Length; i++)
        {
            double sum = 0;
            for (var k = i; k <= i + 2 * half; k++)
            {
                sum += (season % 2 == 0 && (k == i || k == i + 2 * half) ? 0.5 : 1) * values[k];
            }

            trend[i] = sum / season;
        }

        var sums = new double[season];
        var counts = new int[season];
        for (var i = 0; i < trend.Length; i++)
        {
            var phase = (i + half) % season;
            sums[phase] += seasonality == Seasonality.Additive ? values[i + half] - trend[i] : values[i + half] / trend[i];
            counts[phase]++;
        }

        var seasons = sums.Zip(counts, (sum, count) => sum / count).ToArray();
        var mean = seasons.Average();
        return new ClassicalDecomposition(trend, Array.ConvertAll(seasons, value => seasonality == Seasonality.Additive ? value - mean : value / mean));
    }
}
