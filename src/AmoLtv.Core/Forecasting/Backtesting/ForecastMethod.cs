namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A way to forecast customers from a log alone.</summary>
public abstract record ForecastMethod
{
    /// <summary>Stable name, kept in stored results.</summary>
    public abstract string Name { get; }

    /// <summary>Forecasts each customer of the log for the <paramref name="horizonDays"/> after it, greater than 0; null where the method cannot be used on this log.</summary>
    public abstract MethodForecast? Forecast(PurchaseLog log, int horizonDays);

    /// <summary>Expected value of one purchase of each customer: Gamma-Gamma, else the own mean shrunk to the base's, else 0.</summary>
    protected static double[] MeanValues(PurchaseLog log)
    {
        if (log.SpendFit is { IsUsable: true } fit)
        {
            return Array.ConvertAll(log.RepeatSpends, spend => fit.Model.ExpectedMean(spend));
        }

        var shrunk = Spending.ShrunkMean.Fit(log.Spends);
        return Array.ConvertAll(log.Spends, spend => Math.Max(0, shrunk?.Expected(spend) ?? 0));
    }

    /// <summary>Element by element.</summary>
    protected static double[] Product(double[] purchases, double[] means) => [.. purchases.Zip(means, (count, mean) => count * mean)];
}
