using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Evaluation;

/// <summary>
/// A plain list of purchases forecast: the models fitted, the method chosen, and with a hold-out how every method did on it. With a
/// hold-out models and choice know nothing of it; only <see cref="Forecast"/> is made on the whole list.
/// </summary>
public sealed record ForecastEvaluation
{
    /// <summary>The horizon where none is asked for, in days.</summary>
    public const int DefaultHorizonDays = 365;

    /// <summary>The last day the models and the choice know.</summary>
    public required DateOnly KnownUntil { get; init; }

    /// <summary>Days forecast after the list's end: as asked, at most as long as the history.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>The calendar period purchases go by, in days; null where they happen at any time. With one, models of continuous time do not fit.</summary>
    public double? PeriodDays { get; init; }

    /// <summary>Every model.</summary>
    public required IReadOnlyList<EvaluatedModel> Models { get; init; }

    /// <summary>Every method on the hidden part; empty without a hold-out.</summary>
    public IReadOnlyList<HoldoutErrors> Holdout { get; init; } = [];

    /// <summary>The method, chosen by cuts inside what is known.</summary>
    public required MethodChoice Choice { get; init; }

    /// <summary>How many of each grade bought in the hidden part, by the chosen method or the best one with a distribution; empty without a hold-out.</summary>
    public IReadOnlyList<CalibrationGrade> Grades { get; init; } = [];

    /// <summary>Purchases and money expected of all customers in the horizon after the list's end, by the chosen method; null where none was chosen.</summary>
    public (double Purchases, double Value)? Forecast { get; init; }

    /// <summary>
    /// Evaluates rows up to <paramref name="asOf"/>, the others are ignored. Null where nothing is left to know: no row, or all of them hidden.
    /// The models fit beside the choice; same rows, same answer, but for the times.
    /// </summary>
    /// <param name="rows">In any order; those of one customer and day are one purchase.</param>
    /// <param name="asOf">The last day that counts.</param>
    /// <param name="holdoutDays">Days before it to hide, ≥ 1; null for none.</param>
    /// <param name="horizonDays">Days to forecast, ≥ 1.</param>
    /// <param name="time">Measures the fits.</param>
    /// <param name="progress">Told of each part done: how many, of how many.</param>
    public static ForecastEvaluation? Of(
        IReadOnlyList<Transaction> rows, DateOnly asOf, int? holdoutDays, int horizonDays, TimeProvider time, IProgress<(int Done, int Total)>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        var log = LogOf(rows, asOf);
        var known = holdoutDays is { } hidden ? log.Until(asOf.DayNumber - hidden) : log;
        if (known.Customers.Count == 0)
        {
            return null;
        }

        horizonDays = Math.Clamp(horizonDays, 1, Math.Max(1, log.AsOfDay - log.FirstDay));
        var fits = ModelEvaluation.Of(known, time).ToArray();
        var models = new EvaluatedModel[fits.Length];
        BacktestReport? report = null;
        MethodChoice? choice = null;
        var parts = new PartCount(fits.Length + Backtest.InnerCuts + 1, progress);
        Parallel.Invoke(
            () =>
            {
                if (holdoutDays is { } days)
                {
                    report = Backtest.Run(log, days, parts.Add);
                }

                choice = report?.Choice ?? Backtest.Choose(known, horizonDays, parts.Add);
            },
            () =>
            {
                for (var i = 0; i < fits.Length; i++)
                {
                    models[i] = fits[i]();
                    parts.Add();
                }
            });
        var forecast = choice!.Method?.Forecast(log, horizonDays, choice.FollowsTrend);
        return new ForecastEvaluation
        {
            KnownUntil = DateOnly.FromDayNumber(known.AsOfDay),
            HorizonDays = horizonDays,
            PeriodDays = known.PeriodDays,
            Models = models,
            Holdout = report?.Holdout ?? [],
            Choice = choice,
            Grades = report?.Grades ?? [],
            Forecast = forecast is null ? null : (forecast.Purchases.Sum(), forecast.Values.Sum()),
        };
    }

    private static PurchaseLog LogOf(IReadOnlyList<Transaction> rows, DateOnly asOf)
    {
        var names = rows.Select(row => row.Customer).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var numbers = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => (long)pair.index, StringComparer.Ordinal);
        return PurchaseLog.From(rows.Select(row => (numbers[row.Customer], row.Day.DayNumber, (double)(row.Amount ?? 0))), asOf.DayNumber);
    }

    private sealed class PartCount(int total, IProgress<(int Done, int Total)>? progress)
    {
        private int _done;

        public void Add() => progress?.Report((Interlocked.Increment(ref _done), total));
    }
}
