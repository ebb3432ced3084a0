using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>A simple method with its constants.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="MeanRate">Repeat purchase days of the base a week and customer.</param>
/// <param name="Hiatus">Weeks of silence after which a customer is taken to be gone; 0 for the methods that do not ask.</param>
public sealed record LearnedBaseline(BaselineKind Kind, double MeanRate, double Hiatus) : LearnedMethod
{
    /// <inheritdoc/>
    public override double Purchases(in ForecastSubject subject, in ForecastWindow window)
    {
        var history = subject.History(window.AsOfDay);
        return Kind switch
        {
            BaselineKind.Zero => 0,
            BaselineKind.PopulationMean => MeanRate * window.Length,
            BaselineKind.OwnRate => OwnRate(history, 0) * window.Length,
            BaselineKind.Formula => OwnRate(history, 1) * window.Length,
            BaselineKind.LastWindow => subject.WindowPurchases,
            _ => history.Age - history.Recency <= Hiatus ? OwnRate(history, 0) * window.Length : 0,
        };
    }

    /// <inheritdoc/>
    public override double Revenue(in ForecastSubject subject, in ForecastWindow window, double purchases, LearnedSpend spend) => Kind switch
    {
        BaselineKind.LastWindow => subject.WindowRevenue,
        BaselineKind.PopulationMean => purchases * spend.BaseMean,
        _ => purchases * (subject.Spend.Count > 0 ? subject.Spend.Mean : spend.BaseMean),
    };

    private static double OwnRate(in Purchases.RepeatSummary history, int extra) => history.Age > 0 ? (history.Repeats + extra) / history.Age : 0;
}
