using AmoLtv.Core.Forecasting.Customers;
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
        var (purchases, values) = (new double[known.Customers.Count], new double[known.Customers.Count]);
        var place = 0;
        foreach (var customer in whole.Customers)
        {
            if (customer.Days[0] > known.AsOfDay)
            {
                continue;
            }

            var (from, to) = (customer.CountUntil(known.AsOfDay), customer.CountUntil(known.AsOfDay + horizonDays));
            purchases[place] = to - from;
            for (var i = from; i < to; i++)
            {
                values[place] += Math.Max(0, customer.Amounts[i]);
            }

            place++;
        }

        return (purchases, values);
    }

    public static HoldoutErrors Compare(
        string method, PurchaseLog known, int horizonDays, MethodForecast forecast, double[] purchases, double[] values, RepeatCalibration calibration)
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
        return forecast.Distribution is { } distribution
            ? WithCoverage(errors, Outcomes(known, horizonDays, forecast, distribution, purchases), purchases, values, calibration)
            : errors;
    }

    private static HoldoutErrors WithCoverage(HoldoutErrors errors, Outcome[] outcomes, double[] purchases, double[] values, RepeatCalibration calibration)
    {
        double inside = 0, middle = 0, nominal = 0, valueInside = 0, valueNominal = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var (set, value, below, upTo, _) = outcomes[i];
            inside += set.Contains(purchases[i]) ? 1 : 0;
            nominal += set.Probability;
            valueInside += value.Contains(values[i]) ? 1 : 0;
            valueNominal += value.Probability;

            // Whole numbers jump over a range of probabilities; a place in it is taken evenly, the same each time.
            var transform = below + (upTo - below) * QuasiRandom.Point(i, 0);
            middle += transform is >= (1 - Nominal) / 2 and <= (1 + Nominal) / 2 ? 1 : 0;
        }

        return errors with
        {
            IntervalCoverage = middle / outcomes.Length,
            IntervalCoveragePlain = inside / outcomes.Length,
            IntervalNominal = nominal / outcomes.Length,
            ValueIntervalCoverage = valueInside / outcomes.Length,
            ValueIntervalNominal = valueNominal / outcomes.Length,
            Grades = CalibrationGrade.Table([.. outcomes.Zip(purchases, (outcome, count) => (calibration.Apply(outcome.Repeat), count > 0))]),
        };
    }

    private static Outcome[] Outcomes(PurchaseLog known, int horizonDays, MethodForecast forecast, LearnedDistribution distribution, double[] purchases)
    {
        var window = ForecastWindow.Plain(known.AsOfDay, horizonDays);
        var subjects = known.Subjects(horizonDays);
        var outcomes = new Outcome[purchases.Length];
        Parallel.For(0, outcomes.Length, () => (Counts: new CountList(), Values: new ValueMixture()), (i, _, scratch) =>
        {
            distribution.List(scratch.Counts, subjects[i], window, forecast.IsCentred ? forecast.Purchases[i] : null);
            var value = known.Spend.SetOf(subjects[i], forecast.Values[i], forecast.Purchases[i], scratch.Counts, scratch.Values);
            outcomes[i] = OutcomeOf(scratch.Counts, purchases[i]) with { Value = value };
            return scratch;
        }, _ => { });
        return outcomes;
    }

    private static Outcome OutcomeOf(CountList counts, double actual)
    {
        var probabilities = counts.Probabilities;
        var entry = (int)(actual / counts.Lot);
        double below = 0;
        for (var y = 0; y < Math.Min(entry, probabilities.Length); y++)
        {
            below += probabilities[y];
        }

        var at = entry < probabilities.Length ? probabilities[entry] : 0;
        return new Outcome(
            PredictiveSet.OfCounts(probabilities, Nominal).Scaled(counts.Lot), default, Math.Min(1, below), Math.Min(1, below + at), Math.Clamp(1 - probabilities[0], 0, 1));
    }

    private static double Mean(double[] forecast, double[] actual, Func<double, double> loss) => forecast.Zip(actual, (f, y) => loss(f - y)).Average();

    private static double? Total(double[] forecast, double[] actual) => actual.Sum() is > 0 and var sum ? 100 * (forecast.Sum() / sum - 1) : null;

    private readonly record struct Outcome(PredictiveSet Set, PredictiveSet Value, double Below, double UpTo, double Repeat);
}
