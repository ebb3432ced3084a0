using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>Fits the BG/BB model by maximum likelihood in bounded log-parameters, three starts.</summary>
public static class DiscreteFitting
{
    private const double RidgeStep = 0.5;

    /// <summary>Fits to customers, given as summaries with how many share each. Throws <see cref="ArgumentException"/> for a summary that cannot be one.</summary>
    public static DiscreteFit Fit(IEnumerable<KeyValuePair<DiscreteSummary, long>> customers, FitOptions? options = null)
    {
        options ??= FitOptions.Default;
        var cells = customers.GroupBy(cell => cell.Key, cell => cell.Value)
            .Select(group => (History: group.Key, Weight: (double)group.Sum())).Where(cell => cell.Weight > 0)
            .OrderBy(cell => cell.History.Repeats).ThenBy(cell => cell.History.LastPeriod).ThenBy(cell => cell.History.Periods).ToArray();
        if (cells.FirstOrDefault(cell => !cell.History.IsValid) is { Weight: > 0 } wrong)
        {
            throw new ArgumentException($"{wrong.History} is not a customer's summary.", nameof(customers));
        }

        if (Refuse(cells, options) is { } refusal)
        {
            return new DiscreteFit { Refusal = refusal };
        }

        var objective = NumericGradient.Of(logs => -cells.Sum(cell => cell.Weight * At(logs).LogLikelihood(cell.History)));
        double[][] starts = [[0, 0, 0, 0], [0.2, -0.3, -0.5, 1], [0.5, 1, -1.5, 1]];
        var optimum = new BoundedMinimizer(-PurchaseFitting.Bound, PurchaseFitting.Bound, 1e-8).Minimize(objective, starts);
        return optimum is null
            ? new DiscreteFit { Refusal = FitRefusal.NoFiniteFit }
            : new DiscreteFit
            {
                Model = At(optimum.Point),
                LogLikelihood = -optimum.Value,
                Converged = optimum.Converged,
                Warnings = [.. Ridges(objective, optimum)],
            };
    }

    // A pair whose size hardly counts, only its ratio: customers are alike in it. The differences of a likelihood without a gradient
    // of its own are too rough for a curvature this small, so it is tried by a step.
    private static IEnumerable<FitWarning> Ridges(Objective objective, Minimum optimum)
    {
        var gradient = new double[4];
        foreach (var (first, names) in new[] { (0, "alpha, beta"), (2, "gamma, delta") })
        {
            var aside = (double[])optimum.Point.Clone();
            aside[first] -= RidgeStep;
            aside[first + 1] -= RidgeStep;
            if (objective(aside, gradient) - optimum.Value < RidgeStep * RidgeStep / 8)
            {
                yield return new FitWarning(FitWarningCode.FlatRidge, names);
            }
        }
    }

    private static FitRefusal? Refuse((DiscreteSummary History, double Weight)[] cells, FitOptions options) =>
        cells.Sum(cell => cell.Weight) < options.MinimumCustomers ? FitRefusal.TooFewCustomers
        : Array.TrueForAll(cells, cell => cell.History.Periods == 0) ? FitRefusal.NoTime
        : Array.TrueForAll(cells, cell => cell.History.Repeats == 0) ? FitRefusal.NoRepeatPurchases
        : null;

    private static BgBbModel At(double[] logs) => new(Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]));
}
