using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>BG/BB, fitted to the log's calendar periods, times the Gamma-Gamma (or shrunk) mean value. Only for purchases that go by calendar periods.</summary>
public sealed record DiscreteMethod : ForecastMethod
{
    /// <inheritdoc/>
    public override string Name => "bgBb";

    /// <inheritdoc/>
    public override MethodForecast? Forecast(PurchaseLog log, int horizonDays)
    {
        if (log.PeriodDays is not { } period || Fit(log, period) is not { IsUsable: true, Model: var model })
        {
            return null;
        }

        var histories = Histories(log, period);
        var ahead = Array.ConvertAll([.. log.Customers], customer => DiscreteTime.PeriodsBetween(customer.Days[0], period, log.AsOfDay + horizonDays));
        int Periods(int i) => Math.Max(0, ahead[i] - histories[i].Periods);
        var purchases = histories.Select((history, i) => model.ExpectedPurchases(history, Periods(i))).ToArray();
        return new MethodForecast(purchases, Product(purchases, MeanValues(log)))
        {
            Counts = i =>
            {
                var probabilities = new double[Periods(i) + 1];
                model.FillProbabilities(histories[i], Periods(i), probabilities);
                return probabilities;
            },
        };
    }

    /// <summary>The fit to a log whose purchases go by periods of <paramref name="period"/> days.</summary>
    public static DiscreteFit Fit(PurchaseLog log, double period) => DiscreteFitting.Fit(Histories(log, period).CountBy(history => history).Select(cell => KeyValuePair.Create(cell.Key, (long)cell.Value)));

    // As of the last purchase of anybody: the days since it have shown no opportunity, so that nobody is seen to let one pass.
    private static DiscreteSummary[] Histories(PurchaseLog log, double period)
    {
        var seen = log.Customers.Max(customer => customer.Days[^1]);
        return [.. log.Customers.Select(customer => DiscreteTime.Summary(customer.Days, period, seen)!.Value)];
    }
}
