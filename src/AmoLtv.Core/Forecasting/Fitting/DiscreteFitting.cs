using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>Fits the BG/BB model (Fader, Hardie and Shang 2010) by maximum likelihood in bounded log-parameters, three starts.</summary>
public static class DiscreteFitting
{
    private const double RidgeStep = 0.5;

    /// <summary>Fits the model; a base that cannot be fitted comes back with a refusal.</summary>
    /// <param name="customers">Summaries and how many share each, in any order; those of nobody are left out.</param>
    /// <param name="options">Defaults where null; of them only the fewest customers count.</param>
    /// <exception cref="ArgumentException">A summary cannot be one.</exception>
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

        var likelihood = new BgBbLikelihood(cells);
        double Objective(ReadOnlySpan<double> point, Span<double> gradient)
        {
            var value = -likelihood.Evaluate(point, gradient);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] = -gradient[i];
            }

            return value;
        }

        double[][] starts = [[0, 0, 0, 0], [0.2, -0.3, -0.5, 1], [0.5, 1, -1.5, 1]];
        var optimum = new BoundedMinimizer(-PurchaseFitting.Bound, PurchaseFitting.Bound, 1e-8).Minimize(Objective, starts);
        return optimum is null
            ? new DiscreteFit { Refusal = FitRefusal.NoFiniteFit }
            : new DiscreteFit
            {
                Model = At(optimum.Point),
                LogLikelihood = -optimum.Value,
                Converged = optimum.Converged,
                Warnings = [.. Ridges(Objective, optimum)],
            };
    }

    // A pair whose size hardly counts, only its ratio: customers are alike in it. Tried by a step, since a curvature this small says
    // nothing of how far it reaches.
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
