namespace AmoLtv.Core.Forecasting.Series;

/// <summary>A way to forecast a series of equally long periods from its own past.</summary>
public abstract record SeriesMethod
{
    /// <summary>Stable name, kept in stored results.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Forecasts the <paramref name="horizon"/> periods after the series, or null where the method cannot be used: too short a series,
    /// zeros under a multiplicative model. Never returns a value that is not finite.
    /// </summary>
    /// <param name="values">The series, oldest first, finite.</param>
    /// <param name="season">Periods of a seasonal cycle: 12 for months, 1 for none.</param>
    /// <param name="horizon">≥ 1.</param>
    public abstract double[]? Forecast(ReadOnlySpan<double> values, int season, int horizon);

    /// <summary>The array, or null where a value is not finite.</summary>
    protected static double[]? Finite(double[] forecast) => Array.TrueForAll(forecast, double.IsFinite) ? forecast : null;
}
