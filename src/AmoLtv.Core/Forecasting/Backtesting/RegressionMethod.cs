using AmoLtv.Core.Forecasting.Customers;
using MathNet.Numerics.LinearAlgebra;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>
/// Least squares of the purchase rate to come on rates of the past, learned at a cut inside the log: the purchases of the part after
/// it from repeats, own rate, recency share and age before it. Never below 0.
/// </summary>
public sealed record RegressionMethod : ForecastMethod
{
    private const int LeastCustomers = 50;
    private const int LeastDays = 14;

    /// <inheritdoc/>
    public override string Name => "regression";

    /// <inheritdoc/>
    public override LearnedMethod? Learn(PurchaseLog log, int horizonDays)
    {
        var learnDays = Math.Min(horizonDays, (log.AsOfDay - log.FirstDay) / 2);
        var cut = log.AsOfDay - learnDays;
        var early = learnDays < LeastDays ? null : log.Until(cut);
        if (early is null || early.Customers.Count < LeastCustomers)
        {
            return null;
        }

        var learned = log.Customers.Where(customer => customer.Days[0] <= cut).Select(customer => (double)(customer.Days.Length - customer.CountUntil(cut)) / learnDays).ToArray();
        var rows = Matrix<double>.Build.Dense(learned.Length, LearnedRegression.Features);
        Span<double> features = stackalloc double[LearnedRegression.Features];
        for (var i = 0; i < learned.Length; i++)
        {
            LearnedRegression.Fill(features, early.Subjects(learnDays)[i], cut, early.FirstDay);
            for (var k = 0; k < features.Length; k++)
            {
                rows[i, k] = features[k];
            }
        }

        var normal = rows.TransposeThisAndMultiply(rows) + Matrix<double>.Build.DenseDiagonal(LearnedRegression.Features, 1e-6 * learned.Length);
        var weights = normal.Cholesky().Solve(rows.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(learned))).ToArray();
        return Array.TrueForAll(weights, double.IsFinite) ? new LearnedRegression(weights, log.FirstDay) : null;
    }
}
