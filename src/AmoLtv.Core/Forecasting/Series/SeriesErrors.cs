namespace AmoLtv.Core.Forecasting.Series;

/// <summary>Errors of a forecast against what happened; percentages as numbers (5 is 5 %); null where undefined.</summary>
/// <param name="Mae">Mean absolute error, in the unit of the series.</param>
/// <param name="Rmse">Root of the mean squared error, in the unit of the series.</param>
/// <param name="Mape">Mean absolute percentage error; null where a value is 0.</param>
/// <param name="Smape">100 · mean(2|y − f| / (|y| + |f|)), 0..200; a pair of zeros counts 0.</param>
/// <param name="Mase">Mean absolute error over the training series' mean absolute seasonal difference (Hyndman and Koehler 2006); null where that is 0 or the series is no longer than a cycle.</param>
public sealed record SeriesErrors(double Mae, double Rmse, double? Mape, double Smape, double? Mase)
{
    /// <summary>Compares; both spans have one length, ≥ 1. The scale is taken from <paramref name="training"/> alone.</summary>
    /// <param name="actual">What happened.</param>
    /// <param name="forecast">What was expected.</param>
    /// <param name="training">What the forecast was made from.</param>
    /// <param name="season">Periods of a cycle, ≥ 1; 12 for months.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="forecast"/> is not as long as <paramref name="actual"/>.</exception>
    public static SeriesErrors Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, ReadOnlySpan<double> training, int season)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(forecast.Length, actual.Length, nameof(forecast));
        double absolute = 0, squares = 0, percent = 0, symmetric = 0;
        var hasZero = false;
        for (var i = 0; i < actual.Length; i++)
        {
            var error = Math.Abs(actual[i] - forecast[i]);
            var size = Math.Abs(actual[i]) + Math.Abs(forecast[i]);
            absolute += error;
            squares += error * error;
            symmetric += size > 0 ? 2 * error / size : 0;
            hasZero |= actual[i] == 0;
            percent += hasZero ? 0 : error / Math.Abs(actual[i]);
        }

        var n = actual.Length;
        var scale = SeasonalDifference(training, season);
        return new SeriesErrors(absolute / n, Math.Sqrt(squares / n), hasZero ? null : 100 * percent / n, 100 * symmetric / n, scale > 0 ? absolute / n / scale : null);
    }

    private static double SeasonalDifference(ReadOnlySpan<double> training, int season)
    {
        double sum = 0;
        for (var i = season; i < training.Length; i++)
        {
            sum += Math.Abs(training[i] - training[i - season]);
        }

        return training.Length > season ? sum / (training.Length - season) : 0;
    }
}
