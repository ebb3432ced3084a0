namespace AmoLtv.Core.Forecasting.Series;

/// <summary>Level, trend and seasonal components of a Holt-Winters model.</summary>
/// <param name="Level">Level after the last period seen.</param>
/// <param name="Trend">Trend per period.</param>
/// <param name="Seasons">The season of the next period first.</param>
public sealed record HoltWintersState(double Level, double Trend, IReadOnlyList<double> Seasons)
{
    /// <summary>
    /// Initial components from the first two cycles, as a classical decomposition gives them: level and trend from the line through
    /// the centred moving average, seasons from the means around it (Hyndman and Athanasopoulos, 3rd ed., 3.4). Null for a shorter series
    /// or a season below 2.
    /// </summary>
    public static HoltWintersState? Initial(ReadOnlySpan<double> values, int season, Seasonality seasonality)
    {
        if (season < 2 || values.Length < 2 * season)
        {
            return null;
        }

        var decomposed = ClassicalDecomposition.Of(values[..(2 * season)], season, seasonality);
        var (level, slope) = LinearTrendMethod.Line(decomposed.Trend);

        // The line's origin is one period before the first average.
        return new HoltWintersState(level - slope, slope, decomposed.Seasons);
    }
}
