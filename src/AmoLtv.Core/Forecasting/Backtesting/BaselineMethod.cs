using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A simple method.</summary>
public sealed record BaselineMethod(BaselineKind Kind) : ForecastMethod
{
    private static readonly double[] HiatusShares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1];

    /// <inheritdoc/>
    public override string Name => char.ToLowerInvariant(Kind.ToString()[0]) + Kind.ToString()[1..];

    /// <inheritdoc/>
    public override LearnedMethod? Learn(PurchaseLog log, int horizonDays) => new LearnedBaseline(
        Kind, Kind == BaselineKind.PopulationMean ? MeanRate(log) : 0, Kind == BaselineKind.Hiatus ? Hiatus(log) : 0);

    private static double MeanRate(PurchaseLog log)
    {
        var time = log.Histories.Sum(history => history.Age);
        return time > 0 ? log.Histories.Sum(history => history.Repeats) / time : 0;
    }

    // The hiatus that would have told best, at the middle of the log, who buys again in its second half.
    private static double Hiatus(PurchaseLog log)
    {
        var middle = log.FirstDay + (log.AsOfDay - log.FirstDay) / 2;
        var early = log.Until(middle);
        var returned = log.Customers.Where(customer => customer.Days[0] <= middle).Select(customer => customer.Days[^1] > middle).ToArray();
        var span = (log.AsOfDay - log.FirstDay) / PurchaseLog.DaysPerUnit;
        var best = HiatusShares.MaxBy(share => early.Histories.Where((history, i) => (history.Age - history.Recency <= share * span) == returned[i]).Count());
        return best * span;
    }
}
