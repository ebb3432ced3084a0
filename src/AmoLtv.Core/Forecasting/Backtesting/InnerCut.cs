using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A cut inside a log: how every method erred after it.</summary>
/// <param name="Known">What was known at the cut.</param>
/// <param name="Days">The days after it that were forecast.</param>
/// <param name="Purchases">What each customer bought in them.</param>
/// <param name="Values">For how much.</param>
/// <param name="Errors">Of every method that could forecast, and of the means of two that learn.</param>
internal sealed record InnerCut(PurchaseLog Known, int Days, double[] Purchases, double[] Values, IReadOnlyList<(ForecastMethod Method, double Error)> Errors)
{
    public static InnerCut? Of(PurchaseLog log, int days, IReadOnlyList<ForecastMethod> candidates)
    {
        var known = log.Until(log.AsOfDay - days);
        if (known.Customers.Count < Backtest.LeastCustomers)
        {
            return null;
        }

        var (purchases, values) = HoldoutComparison.Actual(log, known, days);
        var singles = Backtest.ForecastAll(known, days, candidates);
        var forecasts = singles.Concat(Pairs(singles)).Select(entry =>
            (entry.Method, Counts: InnerError.Of(entry.Forecast.Purchases, purchases), Money: InnerError.Of(entry.Forecast.Values, values))).ToList();
        var bars = forecasts.FindAll(entry => entry.Method is BaselineMethod);
        var (countBar, moneyBar) = (bars.Min(entry => entry.Counts.Rmse), bars.Min(entry => entry.Money.Rmse));
        return new InnerCut(
            known, days, purchases, values,
            forecasts.ConvertAll(entry => (entry.Method, (entry.Counts.Against(countBar) + entry.Money.Against(moneyBar)) / 2)));
    }

    /// <summary>
    /// The error of a method's money when it follows the trend of values known here, over the error when it does not; 1 where there is no
    /// trend. Of the purchases that came, so that an error of their number does not stand for one of their value.
    /// </summary>
    public double TrendRatio(ForecastMethod method)
    {
        if (method.Learn(Known, Days) is not { } learned)
        {
            return 1;
        }

        var window = ForecastWindow.Plain(Known.AsOfDay, Days);
        var subjects = Known.Subjects(Days);
        var (plain, drifting) = (Error(Known.Spend), Error(Known.Spend with { Drift = Known.Drift }));
        return plain.Rmse > 0 ? drifting.Against(plain.Rmse) / plain.Against(plain.Rmse) : 1;

        InnerError Error(LearnedSpend spend) => InnerError.Of([.. subjects.Select((subject, i) => learned.Revenue(subject, window, Purchases[i], spend))], Values);
    }

    /// <summary>The probabilities to buy again that a method gave here, with the distribution the intervals are of, and what came; the cuts overlap, so that each counts its part.</summary>
    public IEnumerable<(double Probability, bool Bought, double Weight)> Outcomes(ForecastMethod method, ForecastMethod distribution, int cuts)
    {
        // The fits are the log's: nothing is fitted again.
        if (method.Learn(Known, Days) is not { } learned || distribution.Learn(Known, Days) is not LearnedDistribution centre)
        {
            yield break;
        }

        var window = ForecastWindow.Plain(Known.AsOfDay, Days);
        var subjects = Known.Subjects(Days);
        var isOwn = learned is LearnedDistribution;
        for (var i = 0; i < subjects.Length; i++)
        {
            var probability = isOwn
                ? ((LearnedDistribution)learned).RepeatProbability(subjects[i], window, null)
                : centre.RepeatProbability(subjects[i], window, learned.Purchases(subjects[i], window));
            yield return (probability, Purchases[i] > 0, 1.0 / cuts);
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
}
