namespace AmoLtv.Core.Forecasting.Series;

/// <summary>
/// Teunter, Syntetos and Babai (2011) for intermittent demand: the probability of a demand is smoothed in every period, so the
/// forecast fades when demands stop; Croston's does not.
/// </summary>
/// <param name="Alpha">Smoothing of the size, 0..1.</param>
/// <param name="Beta">Smoothing of the probability, 0..1.</param>
public sealed record TsbMethod(double Alpha = 0.1, double Beta = 0.1) : SeriesMethod
{
    /// <inheritdoc/>
    public override string Name => "tsb";

    /// <inheritdoc/>
    public override double[]? Forecast(ReadOnlySpan<double> values, int season, int horizon)
    {
        double size = 0, probability = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var isDemand = values[i] > 0;
            if (probability == 0)
            {
                (size, probability) = isDemand ? (values[i], 1.0 / (i + 1)) : (0, 0);
                continue;
            }

            size += isDemand ? Alpha * (values[i] - size) : 0;
            probability += Beta * ((isDemand ? 1 : 0) - probability);
        }

        if (size == 0)
        {
            return null;
        }

        var forecast = new double[horizon];
        Array.Fill(forecast, size * probability);
        return Finite(forecast);
    }
}
