using AmoLtv.Core.Forecasting.Customers;

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

    // A model must win over the simple methods by so much, else the simple one is used.
    private const double WorthwhileGain = 0.995;

    // A combination may seem worse than the best single method by so much and still be used: the best of many on a few cuts was lucky
    // in part, a mean of two was so less.
    private const double CombinationAllowance = 1.005;

    // On the CDNOW data following the trend made the hidden part's money err by up to 1 % more: it has to pay at every cut, and by so much.
    private const double WorthwhileTrend = 0.98;

    /// <summary>How many cuts the choice is made by.</summary>
    public const int InnerCuts = 5;

    // Parts of the longest horizon the history allows; each is a cut of its own.
    private static readonly double[] InnerHorizons = [.. Enumerable.Range(0, InnerCuts).Select(cut => 1 - cut / 8.0)];

    /// <summary>All methods, the simpler ones first: baselines, models, the regression.</summary>
    public static IReadOnlyList<ForecastMethod> Methods { get; } =
    [
        .. Enum.GetValues<BaselineKind>().Select(kind => new BaselineMethod(kind)),
        .. ModelMethod.Kinds.Select(kind => new ModelMethod(kind)), new DiscreteMethod(), new RegressionMethod(),
    ];

    /// <summary>Chooses for a horizon on all the log knows, looking at nothing else.</summary>
    /// <param name="log">What is known.</param>
    /// <param name="horizonDays">Days, &gt; 0.</param>
    /// <param name="cutDone">Told of each cut, from any thread.</param>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public static MethodChoice Choose(PurchaseLog log, int horizonDays, Action? cutDone = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        var span = log.Customers.Count == 0 ? 0 : log.AsOfDay - log.FirstDay;
        if (log.Customers.Count < LeastCustomers || span < LeastDays)
        {
            return new MethodChoice(null, ChoiceReason.TooLittleHistory, []);
        }

        // Purchases by calendar periods: models of continuous time are no candidates, however well they did by luck. Nor is zero: it
        // is there to be compared with, and would tell of every client that nothing is to come.
        var candidates = Methods
            .Where(method => (log.PeriodDays is null || method is not ModelMethod) && method is not BaselineMethod { Kind: BaselineKind.Zero })
            .ToList();
        var inner = Math.Min(horizonDays, span / 2);
        var cuts = new InnerCut?[InnerHorizons.Length];
        Parallel.For(0, cuts.Length, cut =>
        {
            cuts[cut] = InnerCut.Of(log, Math.Max(1, (int)(InnerHorizons[cut] * inner)), candidates);
            cutDone?.Invoke();
        });
        var choice = Decide([
            .. cuts.SelectMany(cut => cut?.Errors ?? []).GroupBy(entry => entry.Method, entry => entry.Error)
                .Where(entry => entry.Count() == cuts.Length)
                .Select(entry => new MethodScore(entry.Key, entry.Average(), cuts.Length))
                .OrderBy(score => score.Score).ThenBy(score => Place(score.Method)),
        ]);
        return choice.Method is { } method ? Finish(choice, method, cuts) : choice;
    }

    // What the cuts tell beside the choice: whether values drift, and how probabilities have to be read.
    private static MethodChoice Finish(MethodChoice choice, ForecastMethod method, InnerCut?[] cuts)
    {
        var ratios = new double[cuts.Length];
        var outcomes = new (double Probability, bool Bought, double Weight)[cuts.Length][];
        Parallel.For(0, cuts.Length, cut =>
        {
            ratios[cut] = cuts[cut]!.TrendRatio(method);
            outcomes[cut] = choice.Distribution is { } distribution ? cuts[cut]!.Outcomes(method, distribution, cuts.Length) : [];
        });
        return choice with
        {
            FollowsTrend = Array.TrueForAll(ratios, ratio => ratio < 1) && ratios.Average() < WorthwhileTrend,
            Calibration = RepeatCalibration.Learn([.. outcomes.SelectMany(cut => cut)]),
        };
    }

    /// <summary>The method of a stored name; null for one that is not known.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static ForecastMethod? MethodOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split(CombinedMethod.Sign).Select(part => Methods.FirstOrDefault(method => method.Name == part)).ToArray();
        return parts switch
        {
            [{ } single] => single,
            [{ } first, { } second] => new CombinedMethod(first, second),
            _ => null,
        };
    }

    /// <summary>
    /// Hides the last <paramref name="holdoutDays"/> of the log, chooses on the rest, forecasts them with every method and reports. The
    /// choice is made before the hidden part is looked at.
    /// </summary>
    /// <param name="log">All of it, the hidden part too.</param>
    /// <param name="holdoutDays">Days, &gt; 0.</param>
    /// <param name="cutDone">As in <see cref="Choose"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public static BacktestReport Run(PurchaseLog log, int holdoutDays, Action? cutDone = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        var known = log.Until(log.AsOfDay - holdoutDays);
        var choice = Choose(known, holdoutDays, cutDone);
        var forecasts = ForecastAll(known, holdoutDays, choice.Method is CombinedMethod combined ? [.. Methods, combined] : Methods);
        var centre = choice.Distribution?.Learn(known, holdoutDays) as LearnedDistribution;
        var (purchases, values) = HoldoutComparison.Actual(log, known, holdoutDays);
        return new BacktestReport(
            known.AsOfDay, holdoutDays, choice,
            [.. forecasts.Select(entry =>
            {
                var isChosen = entry.Method == choice.Method;
                var forecast = isChosen ? Shown(entry.Forecast, centre, choice.FollowsTrend ? entry.Method.Forecast(known, holdoutDays, true) : null) : entry.Forecast;
                return HoldoutComparison.Compare(entry.Method.Name, known, holdoutDays, forecast, purchases, values, isChosen ? choice.Calibration : RepeatCalibration.Identity);
            })]);
    }

    // The chosen method as a service shows it: with the drift of values, and an interval.
    private static MethodForecast Shown(MethodForecast plain, LearnedDistribution? centre, MethodForecast? drifting)
    {
        var forecast = drifting ?? plain;
        return forecast.Distribution is null && centre is not null ? forecast with { Distribution = centre, IsCentred = true } : forecast;
    }

    // Of equal scores the simpler method stands first.
    private static int Place(ForecastMethod method) =>
        method is CombinedMethod pair ? Methods.Count * (Place(pair.First) + 1) + Place(pair.Second) : Methods.ToList().IndexOf(method);

    private static MethodChoice Decide(List<MethodScore> ranked)
    {
        if (ranked.Count == 0)
        {
            return new MethodChoice(null, ChoiceReason.TooLittleHistory, ranked);
        }

        var simple = ranked.First(score => score.Method is BaselineMethod);
        var single = ranked.First(score => score.Method is not CombinedMethod);
        var combined = ranked.Find(score => score.Method is CombinedMethod);
        var best = combined is not null && combined.Score < CombinationAllowance * single.Score ? combined : single;
        best = best.Score < WorthwhileGain * simple.Score ? best : simple;
        var reason = best.Method switch
        {
            BaselineMethod => ChoiceReason.SimpleWon,
            CombinedMethod => ChoiceReason.CombinationWon,
            _ => ChoiceReason.ModelWon,
        };
        return new MethodChoice(best.Method, reason, ranked) { Distribution = ranked.Find(score => score.Method is ModelMethod or DiscreteMethod)?.Method };
    }

    /// <summary>What each of the methods that can be used on the log expects.</summary>
    internal static List<(ForecastMethod Method, MethodForecast Forecast)> ForecastAll(PurchaseLog known, int horizonDays, IReadOnlyList<ForecastMethod> methods) =>
        [.. methods.Select(method => (Method: method, Forecast: method.Forecast(known, horizonDays))).Where(entry => entry.Forecast is not null).Select(entry => (entry.Method, entry.Forecast!))];
}
