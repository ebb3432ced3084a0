using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>BG/BB, fitted to the log's calendar periods, times the Gamma-Gamma (or shrunk) mean value. Only for purchases that go by calendar periods.</summary>
public sealed record DiscreteMethod : ForecastMethod
{
    /// <inheritdoc/>
    public override string Name => "bgBb";

    /// <inheritdoc/>
    public override LearnedMethod? Learn(PurchaseLog log, int horizonDays) =>
        log.PeriodDays is { } period && log.DiscreteFit is { IsUsable: true } fit ? new LearnedDiscrete(fit, period, log.LastDay) : null;

    /// <summary>The fit to a log whose purchases go by periods of <paramref name="period"/> days.</summary>
    internal static DiscreteFit Fit(PurchaseLog log, double period)
    {
        // As of the last purchase of anybody: the days since it have shown no opportunity, so that nobody is seen to let one pass.
        var seen = log.LastDay;
        return DiscreteFitting.Fit(log.Customers
            .CountBy(customer => DiscreteTime.Summary(customer.Days, period, seen)!.Value)
            .Select(cell => KeyValuePair.Create(cell.Key, (long)cell.Value)));
    }
}
