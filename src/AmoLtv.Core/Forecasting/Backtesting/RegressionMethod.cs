using MathNet.Numerics.LinearAlgebra;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>
/// Least squares of the purchase rate to come on rates of the past, learned at a cut inside the log: the purchases of the part after
/// it from repeats, own rate, recency share and age before it. Never below 0.
/// </summary>
public sealed record RegressionMethod : ForecastMethod
{
    private const int Features = 5;
    private const int LeastCustomers = 50;

    /// <inheritdoc/>
    public override string Name => "regression";

    /// <inheritdoc/>
    public override MethodForecast? Forecast(PurchaseLog log, int horizonDays)
    {
        var learnDays = Math.Min(horizonDays, (log.AsOfDay - log.FirstDay) / 2);
        if (learnDays < 14)
        {
            return null;
        }

        var cut = log.AsOfDay - learnDays;
        var early = log.Until(cut);
        if (early.Customers.Count < LeastCustomers)
        {
            return null;
        }

        var learned = log.Customers.Where(customer => customer.Days[0] <= cut).Select(customer => (double)(customer.Days.Length - customer.CountUntil(cut)) / learnDays).ToArray();
        var span = Math.Max(1, (cut - early.FirstDay) / PurchaseLog.DaysPerUnit);
        var rows = Matrix<double>.Build.Dense(learned.Length, Features, (i, k) => Feature(early, i, k, span));
        var normal = rows.TransposeThisAndMultiply(rows) + Matrix<double>.Build.DenseDiagonal(Features, 1e-6 * learned.Length);
        var weights = normal.Cholesky().Solve(rows.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(learned)));
        var purchases = new double[log.Customers.Count];
        var wholeSpan = Math.Max(1, (log.AsOfDay - log.FirstDay) / PurchaseLog.DaysPerUnit);
        for (var i = 0; i < purchases.Length; i++)
        {
            var rate = Enumerable.Range(0, Features).Sum(k => weights[k] * Feature(log, i, k, wholeSpan));
            purchases[i] = Math.Max(0, rate * horizonDays);
        }

        return Array.TrueForAll(purchases, double.IsFinite) ? new MethodForecast(purchases, Product(purchases, MeanValues(log))) : null;
    }

    // All free of the log's length, so that what was learned at the cut can be used at the end.
    private static double Feature(PurchaseLog log, int customer, int feature, double span)
    {
        var history = log.Histories[customer];
        var age = Math.Max(history.Age, 1 / PurchaseLog.DaysPerUnit);

        // Half the log's length stands behind nobody's purchases: a rate of a few weeks is not carried into a year.
        var rate = history.Repeats / (age + span / 2);
        var recency = history.Recency / age;
        return feature switch
        {
            0 => 1,
            1 => rate,
            2 => rate * recency,
            3 => Math.Sqrt(rate) * recency,
            _ => age / span,
        };
    }
}
