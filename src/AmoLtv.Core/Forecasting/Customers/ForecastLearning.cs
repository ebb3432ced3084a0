using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>
/// Learns from an account's purchases what its customers are forecast with. Deterministic. Bases over <see cref="MostCustomers"/> are
/// judged, and where their cells do not merge also fitted, on a sample stratified by repeats.
/// </summary>
public static class ForecastLearning
{
    /// <summary>The largest base that is learned from as a whole.</summary>
    public const int MostCustomers = 20_000;

    /// <summary>Learns without choosing: fits what the choice asks for, quickly.</summary>
    /// <param name="log">The base, as of the day that numbers are taken of.</param>
    /// <param name="horizonMonths">Months to forecast, ≥ 1; cut to the history.</param>
    /// <param name="seasons">Seasons of the account's purchases; none where null.</param>
    /// <param name="choice">As an earlier learning gave it (<see cref="ForecastParameters.Choice"/>).</param>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="choice"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizonMonths"/> is below 1, and the log suffices to learn from.</exception>
    public static LearningResult Learn(PurchaseLog log, int horizonMonths, SeasonalIndices? seasons, StoredChoice choice)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(choice);
        return ForecastRefusal.Of(log) is { } refusal ? new LearningResult(null, refusal) : Fit(log, SampleOf(log), horizonMonths, seasons, choice);
    }

    /// <summary>Chooses by cuts inside all history, learns, and reports how such a choice did on the last part hidden. As <see cref="Learn(PurchaseLog, int, SeasonalIndices?, StoredChoice)"/> otherwise.</summary>
    /// <param name="log">The base.</param>
    /// <param name="horizonMonths">Months to forecast, ≥ 1.</param>
    /// <param name="seasons">Seasons of the account's purchases; none where null.</param>
    /// <param name="cutDone">Told of each of <see cref="Parts"/> parts, from any thread.</param>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizonMonths"/> is below 1, and the log suffices to learn from.</exception>
    public static LearningResult Learn(PurchaseLog log, int horizonMonths, SeasonalIndices? seasons = null, Action? cutDone = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (ForecastRefusal.Of(log) is { } refusal)
        {
            return new LearningResult(null, refusal);
        }

        var sample = SampleOf(log);
        var horizon = ForecastHorizon.Of(log.AsOfDay, horizonMonths, log.FirstDay);
        if (StoredChoice.Of(Backtest.Choose(sample, horizon.Days, cutDone)) is not { } choice)
        {
            return new LearningResult(null, new ForecastRefusal(ForecastRefusalReason.NoUsableMethod, log.Customers.Count, Backtest.LeastCustomers));
        }

        var result = Fit(log, sample, horizonMonths, seasons, choice);
        return result.Parameters is null ? result : result with { Backtest = Report(sample, horizon, cutDone) };
    }

    /// <summary>How often a choice with its report says that a part of it is done.</summary>
    public const int Parts = 2 * Backtest.InnerCuts;

    // The hidden part is as long as the horizon, but a third of the history at most.
    private static BacktestSummary? Report(PurchaseLog sample, ForecastHorizon horizon, Action? cutDone)
    {
        var hidden = Math.Min(horizon.Days, (sample.AsOfDay - sample.FirstDay) / 3);
        var report = Backtest.Run(sample, hidden, cutDone);
        return BacktestSummary.Of(report, sample.Customers.Count(customer => customer.Days[0] <= report.CutDay));
    }

    private static PurchaseLog SampleOf(PurchaseLog log) => log.Customers.Count <= MostCustomers ? log : log.Sample(MostCustomers);

    private static LearningResult Fit(PurchaseLog log, PurchaseLog sample, int horizonMonths, SeasonalIndices? seasons, StoredChoice choice)
    {
        var horizon = ForecastHorizon.Of(log.AsOfDay, horizonMonths, log.FirstDay);
        var method = Backtest.MethodOf(choice.Method)?.Learn(sample, horizon.Days);
        var distribution = method as LearnedDistribution ?? Distribution(sample, horizon.Days, choice);
        if (method is null || distribution is null)
        {
            return new LearningResult(null, new ForecastRefusal(ForecastRefusalReason.NoUsableMethod, log.Customers.Count, Backtest.LeastCustomers));
        }

        var revenues = log.Customers.Select(customer => customer.Revenue).ToArray();
        return new LearningResult(
            new ForecastParameters
            {
                Choice = choice,
                Method = method,
                Distribution = distribution,
                Spend = choice.FollowsTrend ? sample.Spend with { Drift = sample.Drift } : sample.Spend,
                MarginShare = ShrunkRatio.Fit([.. log.Customers.Select(customer => customer.Margin)], revenues),
                ReturnShare = ShrunkRatio.Fit([.. log.Customers.Select(customer => customer.Returns)], revenues),
                Seasons = seasons ?? SeasonalIndices.None,
                LearnedDay = log.AsOfDay,
                FirstDay = log.FirstDay,
                HorizonDays = horizon.Days,
                Customers = log.Customers.Count,
                SampleSize = sample.Customers.Count,
                PeriodDays = sample.PeriodDays,
            },
            null);
    }

    // The choice's, else the first that can be used: BG/BB where purchases go by periods, then the models that most bases suit.
    private static LearnedDistribution? Distribution(PurchaseLog log, int horizonDays, StoredChoice choice)
    {
        ForecastMethod?[] methods =
        [
            choice.Distribution is { } named ? Backtest.MethodOf(named) : null, new DiscreteMethod(), new ModelMethod(PurchaseModelKind.MbgNbd),
            new ModelMethod(PurchaseModelKind.ParetoNbd), new ModelMethod(PurchaseModelKind.BgNbd), new ModelMethod(PurchaseModelKind.Nbd),
        ];
        return methods.Select(method => method?.Learn(log, horizonDays)).OfType<LearnedDistribution>().FirstOrDefault();
    }
}
