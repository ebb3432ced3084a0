using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>Compares forecasts with what happened after a cut.</summary>
internal static class HoldoutComparison
{
    private const double Nominal = 0.8;

    /// <summary>What the customers known at the cut bought in the days after it, in the whole log.</summary>
    public static (double[] Purchases, double[] Values) Actual(PurchaseLog whole, PurchaseLog known, int horizonDays)
    {
        var customers = whole.Customers.Where(customer => customer.Days[0] <= known.AsOfDay).ToArray();
        var ranges = Array.ConvertAll(customers, customer => (From: customer.CountUntil(known.AsOfDay), To: customer.CountUntil(known.AsOfDay + horizonDays)));
        return (
            Array.ConvertAll(ranges, range => (double)(range.To - range.From)),
            [.. customers.Zip(ranges, (customer, range) => customer.Amounts[range.From..range.To].Where(amount => amount > 0).Sum())]);
    }

    public static HoldoutErrors Compare(string method, PurchaseLog known, MethodForecast forecast, double[] purchases, double[] values)
    {
        var errors = new HoldoutErrors
        {
            Method = method,
            PurchasesMae = Mean(forecast.Purchases, purchases, Math.Abs),
            PurchasesRmse = Math.Sqrt(Mean(forecast.Purchases, purchases, error => error * error)),
            PurchasesTotalError = Total(forecast.Purchases, purchases),
            ValueMae = Mean(forecast.Values, values, Math.Abs),
            ValueRmse = Math.Sqrt(Mean(forecast.Values, values, error => error * error)),
            ValueTotalError = Total(forecast.Values, values),
            Spearman = Ranks.Correlation(forecast.Purchases, purchases),
            TopDecileShare = Ranks.TopShare(forecast.Purchases, purchases, 0.1),
        };
        return forecast.HasDistribution ? WithCoverage(errors, known, forecast, purchases) : errors;
    }

    private static HoldoutErrors WithCoverage(HoldoutErrors errors, PurchaseLog known, MethodForecast forecast, double[] purchases)
    {
        var outcomes = Outcomes(known, forecast, purchases);
        double inside = 0, middle = 0, nominal = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var (set, below, upTo, _) = outcomes[i];
            inside += set.Contains(purchases[i]) ? 1 : 0;
            nominal += set.Probability;

            // Whole numbers jump over a range of probabilities; a place in it is taken evenly, the same each time.
            var transform = below + (upTo - below) * QuasiRandom.Point(i, 0);
            middle += transform is >= (1 - Nominal) / 2 and <= (1 + Nominal) / 2 ? 1 : 0;
        }

        return errors with
        {
            IntervalCoverage = middle / outcomes.Length,
            IntervalCoveragePlain = inside / outcomes.Length,
            IntervalNominal = nominal / outcomes.Length,
            Grades = CalibrationGrade.Table([.. outcomes.Zip(purchases, (outcome, count) => (outcome.Repeat, count > 0))]),
        };
    }

    private static (PredictiveSet Set, double Below, double UpTo, double Repeat)[] Outcomes(PurchaseLog known, MethodForecast forecast, double[] purchases)
    {
        if (forecast.Counts is { } counts)
        {
            return [.. purchases.Select((actual, i) => Outcome(counts(i), (int)actual))];
        }

        var plan = forecast.Plan! with { Spend = null, Nominal = Nominal };
        var outcomes = new (PredictiveSet, double, double, double)[purchases.Length];
        var sets = new CustomerForecast[purchases.Length];
        CustomerForecaster.ForecastAll(plan, known.Histories, ReadOnlyMemory<Spending.SpendSummary>.Empty, sets);
        var exact = new PredictiveProbabilities(plan);
        for (var i = 0; i < outcomes.Length; i++)
        {
            var (below, upTo) = exact.OfPurchases(known.Histories[i], (int)purchases[i]);
            outcomes[i] = (sets[i].Purchases, below, upTo, sets[i].RepeatProbability);
        }

        return outcomes;
    }

    private static (PredictiveSet Set, double Below, double UpTo, double Repeat) Outcome(double[] probabilities, int actual)
    {
        var below = probabilities.AsSpan(0, Math.Min(actual, probabilities.Length)).ToArray().Sum();
        var at = actual < probabilities.Length ? probabilities[actual] : 0;
        return (PredictiveSet.OfCounts(probabilities, Nominal), below, below + at, Math.Clamp(1 - probabilities[0], 0, 1));
    }

    private static double Mean(double[] forecast, double[] actual, Func<double, double> loss) => forecast.Zip(actual, (f, y) => loss(f - y)).Average();

    private static double? Total(double[] forecast, double[] actual) => actual.Sum() is > 0 and var sum ? 100 * (forecast.Sum() / sum - 1) : null;
}
