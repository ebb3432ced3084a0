namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>
/// Chooses a method by rolling cuts inside a log and reports every method's errors on a hold-out that took no part in the choice.
/// Deterministic.
/// </summary>
public static class Backtest
{
    /// <summary>Fewest customers to forecast at all.</summary>
    public const int LeastCustomers = 10;

    /// <summary>Shortest history to forecast at all, in days.</summary>
    public const int LeastDays = 183;

    // A model or a combination must win by so much, else the simpler one is used.
    private const double WorthwhileGain = 0.995;

    private static readonly double[] InnerHorizons = [1, 0.75, 0.5];

    /// <summary>All methods: simple ones, models, the regression.</summary>
    public static IReadOnlyList<ForecastMethod> Methods { get; } =
    [
        .. Enum.GetValues<BaselineKind>().Select(kind => new BaselineMethod(kind)),
        new ModelMethod(Purchases.PurchaseModelKind.Nbd), new ModelMethod(Purchases.PurchaseModelKind.BgNbd), new ModelMethod(Purchases.PurchaseModelKind.MbgNbd),
        new ModelMethod(Purchases.PurchaseModelKind.MbgCnbd), new ModelMethod(Purchases.PurchaseModelKind.ParetoNbd), new RegressionMethod(),
    ];

    /// <summary>Chooses for a horizon of <paramref name="horizonDays"/> on all the log knows, looking at nothing else.</summary>
    public static MethodChoice Choose(PurchaseLog log, int horizonDays)
    {
        var span = log.Customers.Count == 0 ? 0 : log.AsOfDay - log.FirstDay;
        if (log.Customers.Count < LeastCustomers || span < LeastDays)
        {
            return new MethodChoice(null, ChoiceReason.TooLittleHistory, []);
        }

        var inner = Math.Min(horizonDays, span / 2);
        var scores = new Dictionary<ForecastMethod, List<double>>();
        foreach (var part in InnerHorizons)
        {
            Score(log, (int)(part * inner), scores);
        }

        var ranked = scores.Where(entry => entry.Value.Count == InnerHorizons.Length)
            .Select(entry => new MethodScore(entry.Key, entry.Value.Average(), entry.Value.Count))
            .OrderBy(score => score.Score).ThenBy(score => score.Method.Name, StringComparer.Ordinal).ToList();
        return Decide(ranked);
    }

    /// <summary>
    /// Hides the last <paramref name="holdoutDays"/> of the log, chooses on the rest, forecasts them with every method and reports. The
    /// choice is made before the hidden part is looked at.
    /// </summary>
    public static BacktestReport Run(PurchaseLog log, int holdoutDays)
    {
        var known = log.Until(log.AsOfDay - holdoutDays);
        var choice = Choose(known, holdoutDays);
        var forecasts = ForecastAll(known, holdoutDays, choice.Method is CombinedMethod combined ? [.. Methods, combined] : Methods);
        var (purchases, values) = HoldoutComparison.Actual(log, known, holdoutDays);
        return new BacktestReport(
            known.AsOfDay, holdoutDays, choice,
            [.. forecasts.Select(entry => HoldoutComparison.Compare(entry.Method.Name, known, entry.Forecast, purchases, values))]);
    }

    private static MethodChoice Decide(List<MethodScore> ranked)
    {
        if (ranked.Count == 0)
        {
            return new MethodChoice(null, ChoiceReason.TooLittleHistory, ranked);
        }

        var simple = ranked.First(score => score.Method is BaselineMethod);
        var single = ranked.First(score => score.Method is not CombinedMethod);
        var best = ranked[0].Score < WorthwhileGain * single.Score ? ranked[0] : single;
        best = best.Score < WorthwhileGain * simple.Score ? best : simple;
        var reason = best.Method switch
        {
            BaselineMethod => ChoiceReason.SimpleWon,
            CombinedMethod => ChoiceReason.CombinationWon,
            _ => ChoiceReason.ModelWon,
        };
        return new MethodChoice(best.Method, reason, ranked);
    }

    private static void Score(PurchaseLog log, int horizonDays, Dictionary<ForecastMethod, List<double>> scores)
    {
        var known = log.Until(log.AsOfDay - horizonDays);
        if (known.Customers.Count < LeastCustomers)
        {
            return;
        }

        var (purchases, values) = HoldoutComparison.Actual(log, known, horizonDays);
        var singles = ForecastAll(known, horizonDays, Methods);
        var forecasts = singles.Concat(Pairs(singles)).Select(entry =>
            (entry.Method, Counts: InnerError.Of(entry.Forecast.Purchases, purchases), Money: InnerError.Of(entry.Forecast.Values, values))).ToList();
        var bars = forecasts.Where(entry => entry.Method is BaselineMethod).ToList();
        var (countBar, moneyBar) = (bars.Min(entry => entry.Counts.Rmse), bars.Min(entry => entry.Money.Rmse));
        foreach (var (method, counts, money) in forecasts)
        {
            var list = scores.TryGetValue(method, out var earlier) ? earlier : scores[method] = [];
            list.Add((counts.Against(countBar) + money.Against(moneyBar)) / 2);
        }
    }

    // Pairs of methods that learn, each forecast only once.
    private static IEnumerable<(ForecastMethod Method, MethodForecast Forecast)> Pairs(List<(ForecastMethod Method, MethodForecast Forecast)> singles)
    {
        var learning = singles.Where(entry => entry.Method is not BaselineMethod).ToList();
        return from first in learning
               from second in learning
               where learning.IndexOf(first) < learning.IndexOf(second)
               select ((ForecastMethod)new CombinedMethod(first.Method, second.Method), CombinedMethod.Mean(first.Forecast, second.Forecast));
    }

    private static List<(ForecastMethod Method, MethodForecast Forecast)> ForecastAll(PurchaseLog known, int horizonDays, IReadOnlyList<ForecastMethod> methods) =>
        [.. methods.Select(method => (Method: method, Forecast: method.Forecast(known, horizonDays))).Where(entry => entry.Forecast is not null).Select(entry => (entry.Method, entry.Forecast!))];
}
