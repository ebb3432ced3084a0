namespace AmoLtv.Core.Forecasting.Series;

/// <summary>The last seasonal cycle repeated (Hyndman and Athanasopoulos, 3rd ed., 5.2).</summary>
public sealed record SeasonalNaiveMethod : SeriesMethod
{
    /// <inheritdoc/>
    public override string Name => "seasonalNaive";

    /// <inheritdoc/>
    public override double[]? Forecast(ReadOnlySpan<double> values, int season, int horizon)
    {
        if (values.Length < season)
        {
            return null;
        }

        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            forecast[h] = values[values.Length - season + h % season];
        }

        return forecast;
    }
}
