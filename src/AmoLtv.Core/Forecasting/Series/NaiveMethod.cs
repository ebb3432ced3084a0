namespace AmoLtv.Core.Forecasting.Series;

/// <summary>The last value repeated.</summary>
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
