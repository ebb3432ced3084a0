namespace AmoLtv.Core.Forecasting.Series;

/// <summary>
/// Croston (1972) for intermittent demand: size and interval of demands smoothed apart, one divided by the other; with the
/// correction of Syntetos and Boylan (2005) the bias of the ratio is taken out.
/// </summary>
/// <param name="Alpha">Smoothing of both, 0..1.</param>
/// <param name="IsCorrected">True for the Syntetos-Boylan approximation.</param>
public sealed record CrostonMethod(double Alpha = 0.1, bool IsCorrected = false) : SeriesMethod
{
    /// <inheritdoc/>
    public override string Name => IsCorrected ? "crostonCorrected" : "croston";

    /// <inheritdoc/>
    public override double[]? Forecast(ReadOnlySpan<double> values, int season, int horizon)
    {
        if (Rate(values) is not { } rate)
        {
            return null;
        }

        var forecast = new double[horizon];
        Array.Fill(forecast, rate.Size / rate.Interval * (IsCorrected ? 1 - Alpha / 2 : 1));
        return Finite(forecast);
    }

    /// <summary>Smoothed size, in the unit of the series, and interval, in periods ≥ 1, of demands; null without a positive value.</summary>
    public (double Size, double Interval)? Rate(ReadOnlySpan<double> values)
    {
        double size = 0, interval = 0;
        var last = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] <= 0)
            {
                continue;
            }

            (size, interval) = interval == 0
                ? (values[i], i - last)
                : (size + Alpha * (values[i] - size), interval + Alpha * (i - last - interval));
            last = i;
        }

        return interval == 0 ? null : (size, interval);
    }
}
