namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A simple method.</summary>
public sealed record BaselineMethod(BaselineKind Kind) : ForecastMethod
{
    private static readonly double[] HiatusShares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1];

    /// <inheritdoc/>
    public override string Name => char.ToLowerInvariant(Kind.ToString()[0]) + Kind.ToString()[1..];

    /// <inheritdoc/>
    public override MethodForecast? Forecast(PurchaseLog log, int horizonDays)
    {
        var horizon = horizonDays / PurchaseLog.DaysPerUnit;
        var purchases = Kind switch
        {
            BaselineKind.Zero => new double[log.Customers.Count],
            BaselineKind.PopulationMean => MeanRates(log, horizon),
            BaselineKind.OwnRate => Rates(log, horizon, 0),
            BaselineKind.Formula => Rates(log, horizon, 1),
            BaselineKind.LastWindow => LastWindow(log, horizonDays, (_, _) => 1),
            _ => Hiatus(log, horizonDays),
        };
        return new MethodForecast(purchases, Values(log, horizonDays, purchases));
    }

    private double[] Values(PurchaseLog log, int horizonDays, double[] purchases)
    {
        var total = log.Spends.Sum(spend => (double)spend.Count);
        var mean = total > 0 ? log.Spends.Sum(spend => spend.Count * spend.Mean) / total : 0;
        return Kind switch
        {
            BaselineKind.LastWindow => LastWindow(log, horizonDays, (customer, i) => Math.Max(0, customer.Amounts[i])),
            BaselineKind.PopulationMean => Array.ConvertAll(purchases, count => count * mean),
            _ => Product(purchases, Array.ConvertAll(log.Spends, spend => spend.Count > 0 ? spend.Mean : mean)),
        };
    }

    private static double[] MeanRates(PurchaseLog log, double horizon)
    {
        var time = log.Histories.Sum(history => history.Age);
        var rate = time > 0 ? log.Histories.Sum(history => history.Repeats) / time : 0;
        return [.. Enumerable.Repeat(rate * horizon, log.Histories.Length)];
    }

    private static double[] Rates(PurchaseLog log, double horizon, int extra) =>
        Array.ConvertAll(log.Histories, history => history.Age > 0 ? (history.Repeats + extra) / history.Age * horizon : 0);

    private static double[] LastWindow(PurchaseLog log, int horizonDays, Func<CustomerPurchases, int, double> worth) =>
        [.. log.Customers.Select(customer => Enumerable.Range(1, customer.Days.Length - 1).Where(i => customer.Days[i] > log.AsOfDay - horizonDays).Sum(i => worth(customer, i)))];

    // The hiatus that would have told best, at the middle of the log, who buys again in its second half.
    private static double[] Hiatus(PurchaseLog log, int horizonDays)
    {
        var middle = log.FirstDay + (log.AsOfDay - log.FirstDay) / 2;
        var early = log.Until(middle);
        var returned = log.Customers.Where(customer => customer.Days[0] <= middle).Select(customer => customer.Days[^1] > middle).ToArray();
        var span = (log.AsOfDay - log.FirstDay) / PurchaseLog.DaysPerUnit;
        var best = HiatusShares.MaxBy(share => early.Histories.Where((history, i) => (history.Age - history.Recency <= share * span) == returned[i]).Count());
        return [.. Rates(log, horizonDays / PurchaseLog.DaysPerUnit, 0).Zip(log.Histories, (rate, history) => history.Age - history.Recency <= best * span ? rate : 0)];
    }
}
