namespace AmoLtv.Core.Forecasting.Series;

/// <summary>The last value repeated (Hyndman and Athanasopoulos, 3rd ed., 5.2).</summary>
public sealed record NaiveMethod : SeriesMethod
{
    /// <inheritdoc/>
    public override string Name => "naive";

    /// <inheritdoc/>
    public override double[]? Forecast(ReadOnlySpan<double> values, int season, int horizon)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        var forecast = new double[horizon];
        Array.Fill(forecast, values[^1]);
        return forecast;
    }
}
