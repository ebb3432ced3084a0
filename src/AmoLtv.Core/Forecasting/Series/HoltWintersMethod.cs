using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Series;

/// <summary>
/// Holt-Winters smoothing with initial components from the first two cycles and parameters that minimise the squared one-step
/// errors; the damping of a damped trend lies in 0.8..0.98 (Hyndman and Athanasopoulos, 3rd ed., 8.2 and 8.3).
/// </summary>
/// <param name="Seasonality">How seasons act.</param>
/// <param name="IsDamped">True for a trend that fades out.</param>
public sealed record HoltWintersMethod(Seasonality Seasonality, bool IsDamped = false) : SeriesMethod
{
    private const double LeastPhi = 0.8;
    private const double MostPhi = 0.98;

    /// <inheritdoc/>
    public override string Name => $"holtWinters{Seasonality}{(IsDamped ? "Damped" : "")}";

    /// <inheritdoc/>
    public override double[]? Forecast(ReadOnlySpan<double> values, int season, int horizon) =>
        Fit(values, season) is { } fit ? Finite(fit.Forecast(horizon)) : null;

    /// <summary>Fits the parameters; null for no more than two cycles, for a season below 2, or a series that is not positive under multiplicative seasons.</summary>
    public HoltWintersFit? Fit(ReadOnlySpan<double> values, int season)
    {
        var isPositive = values.IndexOfAnyInRange(double.NegativeInfinity, 0) < 0;
        if (values.Length < 2 * season + 1 || (Seasonality == Seasonality.Multiplicative && !isPositive) || HoltWintersState.Initial(values, season, Seasonality) is not { } initial)
        {
            return null;
        }

        var series = values.ToArray();
        double mean = Math.Max(1e-300, series.Average(Math.Abs));
        var unit = mean * mean * series.Length;
        double Error(double[] point) => HoltWintersFit.Smooth(series, Seasonality, At(point), initial).SumOfSquares / unit;
        double[][] starts = IsDamped ? [[.3, .1, .1, .9], [.7, .01, .8, .5]] : [[.3, .1, .1], [.8, .01, .9]];
        var optimum = new BoundedMinimizer(0, 1, 1e-10).Minimize(NumericGradient.Of(Error), starts);
        return optimum is null ? null : HoltWintersFit.Smooth(series, Seasonality, At(optimum.Point), initial);
    }

    private HoltWintersSmoothing At(double[] point) =>
        new(point[0], point[1], point[2], IsDamped ? LeastPhi + (MostPhi - LeastPhi) * point[3] : 1);
}
