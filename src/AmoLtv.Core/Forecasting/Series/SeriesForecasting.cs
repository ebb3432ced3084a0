using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Series;

/// <summary>
/// Chooses among series methods by rolling origin: each forecast uses only what lies before its origin (Tashman 2000, Int. J.
/// Forecasting 16(4)).
/// </summary>
public static class SeriesForecasting
{
    private const int MostOrigins = 12;

    // A model has to beat the simplest by so much, else the simplest is used.
    private const double WorthwhileGain = 0.97;

    private static readonly SeriesMethod[] Regular =
    [
        new SeasonalNaiveMethod(), new NaiveMethod(), new LinearTrendMethod(),
        new HoltWintersMethod(Seasonality.Additive), new HoltWintersMethod(Seasonality.Additive, true),
        new HoltWintersMethod(Seasonality.Multiplicative), new HoltWintersMethod(Seasonality.Multiplicative, true),
    ];

    private static readonly SeriesMethod[] Intermittent = [new CrostonMethod(0.1, true), new TsbMethod()];

    /// <summary>
    /// Forecasts the periods after the series with the method of the least rolling-origin error (mean of MASE and sMAPE, each over the
    /// best simple method's). Null with fewer than three periods or a value that is not finite. Forecasts of a series that is
    /// never negative are not negative either.
    /// </summary>
    /// <param name="values">The series, oldest first, finite.</param>
    /// <param name="season">12 for months.</param>
    /// <param name="horizon">≥ 1.</param>
    /// <param name="coverage">Probability of the interval, strictly between 0 and 1: normal, with the root mean squared error of each step.</param>
    public static SeriesChoice? Forecast(ReadOnlySpan<double> values, int season, int horizon, double coverage = 0.8)
    {
        var series = values.ToArray();
        if (series.Length < 3 || !Array.TrueForAll(series, double.IsFinite))
        {
            return null;
        }

        var isIntermittent = series.Count(value => value <= 0) > 0.3 * series.Length;
        var tried = Array.ConvertAll(isIntermittent ? [.. Regular, .. Intermittent] : Regular, method => Roll(method, series, season, horizon))
            .OfType<MethodError>().ToList();
        foreach (var error in Ranked(tried))
        {
            if (error.Method.Forecast(series, season, horizon) is { } forecast)
            {
                return Describe(error, tried, forecast, series, coverage);
            }
        }

        return null;
    }

    private static IEnumerable<MethodError> Ranked(List<MethodError> tried)
    {
        var origins = tried.Count == 0 ? 0 : tried.Max(error => error.Origins);
        var comparable = tried.Where(error => error.Origins == origins).ToList();
        var simple = comparable.Where(error => error.Method is SeasonalNaiveMethod or NaiveMethod).ToList();
        double Score(MethodError error) => Relative(error.Mase, simple.Min(s => s.Mase)) / 2 + Relative(error.Smape, simple.Min(s => s.Smape)) / 2;
        if (simple.Count == 0)
        {
            return tried.OrderBy(error => error.Smape);
        }

        var bar = simple.Min(Score) * WorthwhileGain;
        return comparable.OrderBy(error => simple.Contains(error) || Score(error) < bar ? 0 : 1).ThenBy(Score)
            .Concat(tried.Except(comparable).OrderBy(error => error.Smape));
    }

    private static double Relative(double? error, double? simple) => error is { } own && simple is { } bar && bar > 0 ? own / bar : 1;

    // The last origins that leave at least one period to compare; every method starts when it can.
    private static MethodError? Roll(SeriesMethod method, double[] series, int season, int horizon)
    {
        var squares = new double[horizon];
        var counts = new int[horizon];
        double mase = 0, smape = 0;
        var (origins, scaled) = (0, 0);
        for (var origin = Math.Max(2, series.Length - MostOrigins); origin < series.Length; origin++)
        {
            var reach = Math.Min(horizon, series.Length - origin);
            if (method.Forecast(series.AsSpan(0, origin), season, reach) is not { } forecast)
            {
                continue;
            }

            var errors = SeriesErrors.Of(series.AsSpan(origin, reach), forecast, series.AsSpan(0, origin), season);
            origins++;
            smape += errors.Smape;
            (mase, scaled) = errors.Mase is { } value ? (mase + value, scaled + 1) : (mase, scaled);
            for (var h = 0; h < reach; h++)
            {
                squares[h] += (series[origin + h] - forecast[h]) * (series[origin + h] - forecast[h]);
                counts[h]++;
            }
        }

        return origins == 0 ? null : new MethodError(method, origins, scaled == 0 ? null : mase / scaled, smape / origins, StepErrors(squares, counts));
    }

    // Errors grow with the step; steps seen less than three times take over from the ones before, with the root of time.
    private static double[] StepErrors(double[] squares, int[] counts)
    {
        var steps = new double[squares.Length];
        for (var h = 0; h < steps.Length; h++)
        {
            var before = h == 0 ? 0 : steps[h - 1];
            var own = counts[h] >= 3 || h == 0 ? Math.Sqrt(squares[h] / Math.Max(1, counts[h])) : before * Math.Sqrt((h + 1.0) / h);
            steps[h] = Math.Max(before, own);
        }

        return steps;
    }

    private static SeriesChoice Describe(MethodError chosen, List<MethodError> tried, double[] forecast, double[] series, double coverage)
    {
        var floor = Array.TrueForAll(series, value => value >= 0) ? 0 : double.NegativeInfinity;
        var z = NormalDistribution.Quantile(0.5 + coverage / 2);
        return new SeriesChoice
        {
            Method = chosen.Method,
            Forecast = Array.ConvertAll(forecast, value => Math.Max(floor, value)),
            Low = [.. forecast.Select((value, h) => Math.Max(floor, value - z * chosen.StepErrors[h]))],
            High = [.. forecast.Select((value, h) => Math.Max(floor, value + z * chosen.StepErrors[h]))],
            Errors = [chosen, .. tried.Where(error => error != chosen)],
        };
    }
}
