using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>What a method has learned from a base: enough to forecast any customer alone, and to be kept as JSON. Pure; finite for every subject.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LearnedModel), "model")]
[JsonDerivedType(typeof(LearnedDiscrete), "discrete")]
[JsonDerivedType(typeof(LearnedRegression), "regression")]
[JsonDerivedType(typeof(LearnedBaseline), "baseline")]
[JsonDerivedType(typeof(LearnedCombination), "combination")]
public abstract record LearnedMethod
{
    /// <summary>Expected purchase days in the window, ≥ 0.</summary>
    public abstract double Purchases(in ForecastSubject subject, in ForecastWindow window);

    /// <summary>Expected revenue in the window, in the currency, undiscounted, ≥ 0.</summary>
    /// <param name="subject">The customer.</param>
    /// <param name="window">The time.</param>
    /// <param name="purchases">What <see cref="Purchases"/> gives.</param>
    /// <param name="spend">What was learned of the value of a purchase.</param>
    public virtual double Revenue(in ForecastSubject subject, in ForecastWindow window, double purchases, LearnedSpend spend) =>
        purchases * spend.ExpectedMean(subject) * (spend.Drift?.Factor(subject, window) ?? 1);

    /// <summary>
    /// The part of the expected revenue that is left when each purchase is discounted to the window's beginning, 0..1; purchases
    /// spread evenly, (1 − e^−δ)/δ, unless the method knows better.
    /// </summary>
    /// <param name="subject">The customer.</param>
    /// <param name="window">The time.</param>
    /// <param name="discount">Continuous rate times the window's length, ≥ 0.</param>
    public virtual double DiscountedPart(in ForecastSubject subject, in ForecastWindow window, double discount) =>
        discount > 0 ? -Numerics.LogSpace.ExpMinusOne(-discount) / discount : 1;

    /// <summary>Forecasts every customer of a log for the days after it, values with the log's trend of them where asked.</summary>
    internal MethodForecast Forecast(PurchaseLog log, int horizonDays, bool followsTrend = false)
    {
        var window = ForecastWindow.Plain(log.AsOfDay, horizonDays);
        var subjects = log.Subjects(horizonDays);
        var spend = followsTrend ? log.Spend with { Drift = log.Drift } : log.Spend;
        var (purchases, values) = (new double[subjects.Length], new double[subjects.Length]);
        for (var i = 0; i < subjects.Length; i++)
        {
            purchases[i] = Purchases(subjects[i], window);
            values[i] = Revenue(subjects[i], window, purchases[i], spend);
        }

        return new MethodForecast(purchases, values, this as LearnedDistribution);
    }
}
