using AmoLtv.Core.Forecasting.Series;

namespace AmoLtv.Host.Analytics;

/// <summary>Forecast of a monthly series for the account's horizon, beginning with the month after the last whole one.</summary>
/// <param name="Method">The one that did best on the account's own past.</param>
/// <param name="Expected">Month by month.</param>
/// <param name="Low">Lower end of the 80 % interval.</param>
/// <param name="High">Upper end of the 80 % interval.</param>
/// <param name="Season">January to December against the mean month; all 1 where no season can be seen.</param>
/// <param name="SeasonStrength">How far the season was believed, 0..1.</param>
/// <param name="Errors">Of every method that could be tried, by rolling origin; the chosen one first.</param>
internal sealed record MonthsForecast(
    string Method,
    IReadOnlyList<double> Expected,
    IReadOnlyList<double> Low,
    IReadOnlyList<double> High,
    IReadOnlyList<double> Season,
    double SeasonStrength,
    IReadOnlyList<SeriesMethodError> Errors)
{
    private const int MonthsPerYear = 12;

    public static MonthsForecast? Of(double[] values, DateOnly firstMonth, int horizon)
    {
        if (SeriesForecasting.Forecast(values, MonthsPerYear, horizon) is not { } choice)
        {
            return null;
        }

        var season = SeasonalIndices.Estimate(values, firstMonth.Month);
        return new MonthsForecast(
            choice.Method.Name, Rounded(choice.Forecast), Rounded(choice.Low), Rounded(choice.High), season.Indices, season.Strength,
            [.. choice.Errors.Select(error => new SeriesMethodError(error.Method.Name, error.Origins, error.Mase, error.Smape))]);
    }

    /// <summary>Hundredths are more than anybody can foretell, and shorter to keep.</summary>
    private static IReadOnlyList<double> Rounded(IEnumerable<double> values) => [.. values.Select(value => Math.Round(value, 2))];
}
