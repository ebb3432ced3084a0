using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>What is missing for a forecast.</summary>
/// <param name="Reason">Which condition is not met, the first of them in their order.</param>
/// <param name="Have">What there is.</param>
/// <param name="Need">What there has to be at least.</param>
public sealed record ForecastRefusal(ForecastRefusalReason Reason, int Have, int Need)
{
    /// <summary>What the log lacks; null where it suffices to learn from.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public static ForecastRefusal? Of(PurchaseLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var customers = log.Customers.Count;
        var days = customers == 0 ? 0 : log.AsOfDay - log.FirstDay;
        var repeaters = log.Customers.Count(customer => customer.Days.Length > 1);
        return customers < Backtest.LeastCustomers ? new(ForecastRefusalReason.TooFewCustomers, customers, Backtest.LeastCustomers)
            : days < Backtest.LeastDays ? new(ForecastRefusalReason.TooShortHistory, days, Backtest.LeastDays)
            : repeaters == 0 ? new(ForecastRefusalReason.NoRepeatPurchases, 0, 1)
            : null;
    }
}
