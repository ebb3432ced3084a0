namespace AmoLtv.Core.Forecasting.Series;

/// <summary>A Holt-Winters model run over a series.</summary>
/// <param name="Smoothing">The parameters.</param>
/// <param name="Seasonality">How seasons act.</param>
/// <param name="SumOfSquares">Σ of squared one-step errors from the second cycle on, ≥ 0.</param>
/// <param name="State">Components after the last period.</param>
public sealed record HoltWintersFit(HoltWintersSmoothing Smoothing, Seasonality Seasonality, double SumOfSquares, HoltWintersState State)
{
    /// <summary>Expected values of the <paramref name="horizon"/> (≥ 0) periods to come, in the unit of the series.</summary>
    public double[] Forecast(int horizon)
    {
        var forecast = new double[horizon];
        double reach = 0, damping = 1;
        for (var h = 0; h < horizon; h++)
        {
            damping *= Smoothing.Phi;
            reach += damping;
            var season = State.Seasons[h % State.Seasons.Count];
            var level = State.Level + reach * State.Trend;
            forecast[h] = Seasonality == Seasonality.Additive ? level + season : level * season;
        }

        return forecast;
    }

    /// <summary>
    /// Runs the model over the series from its second cycle on, from given initial components (Holt 1957, Winters 1960; damped:
    /// Gardner and McKenzie 1985). Seasons move towards what the new level leaves: the γ* of Hyndman and Athanasopoulos, Forecasting:
    /// Principles and Practice, 3rd ed., 8.3.
    /// </summary>
    /// <param name="values">The series, oldest first, at least one cycle; positive under multiplicative seasons.</param>
    /// <param name="seasonality">How seasons act.</param>
    /// <param name="smoothing">The parameters.</param>
    /// <param name="initial">Components at the end of the first cycle.</param>
    public static HoltWintersFit Smooth(ReadOnlySpan<double> values, Seasonality seasonality, HoltWintersSmoothing smoothing, HoltWintersState initial)
    {
        var season = initial.Seasons.Count;
        double[] seasons = [.. initial.Seasons];
        var (level, trend, squares) = (initial.Level, initial.Trend, 0.0);
        for (var i = season; i < values.Length; i++)
        {
            var phase = (i - season) % season;
            var ahead = level + smoothing.Phi * trend;
            var isAdditive = seasonality == Seasonality.Additive;
            var error = values[i] - (isAdditive ? ahead + seasons[phase] : ahead * seasons[phase]);
            squares += error * error;
            var before = level;
            level = smoothing.Alpha * (isAdditive ? values[i] - seasons[phase] : values[i] / seasons[phase]) + (1 - smoothing.Alpha) * ahead;
            trend = smoothing.Beta * (level - before) + (1 - smoothing.Beta) * smoothing.Phi * trend;
            seasons[phase] = smoothing.Gamma * (isAdditive ? values[i] - level : values[i] / level) + (1 - smoothing.Gamma) * seasons[phase];
        }

        var next = (values.Length - season) % season;
        return new HoltWintersFit(smoothing, seasonality, squares, new HoltWintersState(level, trend, [.. seasons[next..], .. seasons[..next]]));
    }
}
