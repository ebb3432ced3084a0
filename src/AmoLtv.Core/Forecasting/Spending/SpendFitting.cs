using System.Globalization;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>Fits the Gamma-Gamma model (Fader and Hardie 2013, note 025) by maximum likelihood in bounded log-parameters, values scaled, two starts; with a weak prior on small bases.</summary>
public static class SpendFitting
{
    // Above this the assumption that spend does not depend on frequency is plainly wrong.
    private const double NotableCorrelation = 0.3;

    private static readonly string[] Names = ["p", "q", "gamma"];

    /// <summary>
    /// Fits to the customers with a positive mean of repeat purchases; the others are left out. Fewer than
    /// <see cref="FitOptions.MinimumCustomers"/> of them: refused.
    /// </summary>
    public static SpendFit Fit(ReadOnlySpan<SpendSummary> spends, FitOptions? options = null)
    {
        options ??= FitOptions.Default;
        var cells = new SpendCells(spends);
        if (cells.Customers < options.MinimumCustomers)
        {
            return new SpendFit { Customers = cells.Customers, Refusal = cells.Customers == 0 ? FitRefusal.NoRepeatPurchases : FitRefusal.TooFewCustomers };
        }

        var priorWeight = options.PriorWeight(cells.Customers);
        var objective = WithPrior(new SpendLikelihood(cells), priorWeight);
        var optimum = new BoundedMinimizer(-PurchaseFitting.Bound, PurchaseFitting.Bound)
            .Minimize(objective, [Math.Log(4), Math.Log(4), Math.Log(1)], [Math.Log(1.5), Math.Log(2), 0]);
        return optimum is null
            ? new SpendFit { Customers = cells.Customers, Refusal = FitRefusal.NoFiniteFit }
            : Describe(cells, objective, optimum, priorWeight, options);
    }

    private static SpendFit Describe(SpendCells cells, Objective objective, Minimum optimum, double priorWeight, FitOptions options)
    {
        var bare = WithPrior(new SpendLikelihood(cells), 0);
        var logLikelihood = -bare(optimum.Point, new double[3]) - cells.Customers * Math.Log(cells.Scale);
        var curvature = Curvature.At(objective, optimum.Point);
        var fit = new SpendFit
        {
            Model = At(optimum.Point, cells),
            Customers = cells.Customers,
            LogLikelihood = logLikelihood,
            Correlation = cells.Correlation,
            Converged = optimum.Converged,
            Evaluations = optimum.Evaluations,
            Draws = cells.Customers >= options.DrawsBelowCustomers
                ? []
                : [.. ParameterDraws.From(objective, optimum, curvature, PurchaseFitting.Bound, options.Draws).Select(draw => new Weighted<GammaGammaModel>(At(draw.Point, cells), draw.Weight))],
        };
        return fit with { Warnings = [.. Warnings(fit, optimum, priorWeight > 0 ? Curvature.At(bare, optimum.Point) : curvature, priorWeight)] };
    }

    private static GammaGammaModel At(double[] logs, SpendCells cells) =>
        new(Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]) * cells.Scale, cells.ObservedMean);

    private static IEnumerable<FitWarning> Warnings(SpendFit fit, Minimum optimum, Curvature curvature, double priorWeight)
    {
        if (!fit.Converged)
        {
            yield return new FitWarning(FitWarningCode.NotConverged);
        }

        var bound = Names.Where((_, i) => Math.Abs(optimum.Point[i]) > PurchaseFitting.Bound - 1e-6).ToList();
        if (bound.Count > 0)
        {
            yield return new FitWarning(FitWarningCode.AtBound, string.Join(", ", bound));
        }

        foreach (var warning in FlatDirections.Warnings(curvature, Names))
        {
            yield return warning;
        }

        if (fit.Model!.Q <= 1)
        {
            yield return new FitWarning(FitWarningCode.InfiniteMean, "q");
        }

        if (Math.Abs(fit.Correlation) > NotableCorrelation)
        {
            yield return new FitWarning(FitWarningCode.SpendDependsOnFrequency, fit.Correlation.ToString("0.00", CultureInfo.InvariantCulture));
        }

        if (priorWeight > 0)
        {
            yield return new FitWarning(FitWarningCode.PriorUsed, priorWeight.ToString("0.00", CultureInfo.InvariantCulture));
        }
    }

    // Centres: values that scatter by half within a customer, customers' means that scatter by half, a mean of 1 in scaled values.
    private static Objective WithPrior(SpendLikelihood likelihood, double weight) => (point, gradient) =>
    {
        var value = -likelihood.Evaluate(point, gradient);
        for (var i = 0; i < 3; i++)
        {
            gradient[i] = -gradient[i];
        }

        if (weight > 0)
        {
            var (p, q, mean) = (point[0] - Math.Log(4), point[1] - Math.Log(4), point[0] + point[2] - point[1]);
            value += weight * (p * p + q * q + mean * mean) / 2;
            gradient[0] += weight * (p + mean);
            gradient[1] += weight * (q - mean);
            gradient[2] += weight * mean;
        }

        return value;
    };
}
