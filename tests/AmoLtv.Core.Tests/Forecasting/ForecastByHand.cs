using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>Forecasts with parameters that were not learned, for customers given by their summaries.</summary>
internal static class ForecastByHand
{
    public const int AsOf = 738_000;

    public static LearnedModel Certain(PurchaseModel model) => new(new PurchaseFit { Kind = model.Kind, Model = model });

    /// <summary>For a horizon of so many days: the history is as long.</summary>
    public static CustomerForecasting Of(LearnedDistribution method, GammaGammaModel spend, int days, double discountPercent = 0) => new(
        new ForecastParameters
        {
            Choice = StoredChoice.ByHand(new ModelMethod(PurchaseModelKind.Nbd)),
            Method = method,
            Distribution = method,
            Spend = new LearnedSpend { Fit = new SpendFit { Model = spend } },
            LearnedDay = AsOf,
            FirstDay = AsOf - days,
            HorizonDays = days,
            Customers = 1,
            SampleSize = 1,
        },
        AsOf,
        50_000,
        discountPercent);

    public static ForecastSubject Subject(int repeats, int recencyDays, int ageDays, SpendSummary spend) => new()
    {
        FirstDay = AsOf - ageDays,
        LastDay = AsOf - ageDays + recencyDays,
        PurchaseDays = repeats + 1,
        RepeatSpend = spend,
        Spend = spend,
    };
}
