using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A way to learn from a log alone how its customers, or any others of the base, go on.</summary>
public abstract record ForecastMethod
{
    /// <summary>Stable name, kept in stored results.</summary>
    public abstract string Name { get; }

    /// <summary>Learns for a horizon of <paramref name="horizonDays"/>, greater than 0; null where the method cannot be used on this log.</summary>
    public abstract LearnedMethod? Learn(PurchaseLog log, int horizonDays);

    /// <summary>Forecasts each customer of the log for the days after it; null where the method cannot be used on this log.</summary>
    /// <param name="log">What is known.</param>
    /// <param name="horizonDays">Greater than 0.</param>
    /// <param name="followsTrend">True to let the value of a purchase go on drifting as it did.</param>
    public MethodForecast? Forecast(PurchaseLog log, int horizonDays, bool followsTrend = false) => Learn(log, horizonDays)?.Forecast(log, horizonDays, followsTrend);
}
