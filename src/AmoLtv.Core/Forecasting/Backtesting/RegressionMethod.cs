using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Numerics;

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

        var weights = Weights(log, early.Subjects(learnDays), cut, learnDays, early.FirstDay);
        return weights is not null ? new LearnedRegression(weights, log.FirstDay) : null;
    }

    // The normal equations, with a touch of ridge for features that nobody differs in. Subjects are the log's customers of the cut, in its order.
    private static double[]? Weights(PurchaseLog log, ForecastSubject[] subjects, int cut, int learnDays, int firstDay)
    {
        const int Size = LearnedRegression.Features;
        Span<double> features = stackalloc double[Size];
        var (normal, target) = (new double[Size * Size], new double[Size]);
        for (var i = 0; i < Size; i++)
        {
            normal[i * Size + i] = 1e-6 * subjects.Length;
        }

        var place = 0;
        foreach (var customer in log.Customers)
        {
            if (customer.Days[0] > cut)
            {
                continue;
            }

            var rate = (double)(customer.Days.Length - customer.CountUntil(cut)) / learnDays;
            LearnedRegression.Fill(features, subjects[place++], cut, firstDay);
            for (var i = 0; i < Size; i++)
            {
                target[i] += features[i] * rate;
                for (var k = 0; k < Size; k++)
                {
                    normal[i * Size + k] += features[i] * features[k];
                }
            }
        }

        return NormalEquations.Solve(normal, target);
    }
}
