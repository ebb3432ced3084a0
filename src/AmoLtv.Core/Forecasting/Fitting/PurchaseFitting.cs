using System.Globalization;
using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>
/// Fits the continuous-time purchase models by maximum likelihood in log-parameters, time scaled to the oldest age, every
/// log-parameter within ±12, three starts (the NBD two); with a weak prior on small bases. The likelihoods are those of the papers
/// that <see cref="PurchaseModelKind"/> names.
/// </summary>
public static class PurchaseFitting
{
    /// <summary>Largest Erlang order that is tried.</summary>
    public const int HighestOrder = 4;

    internal const double Bound = 12;

    // Twice the gain over the NBD is compared with the 95 % point of chi-square with two degrees of freedom.
    private const double LeastGain = 3.0;

    /// <summary>
    /// Fits one model. Never throws for data: a base that cannot be fitted comes back with a refusal. MBG/CNBD-k chooses its order
    /// by likelihood where the cells know their gaps, and is the MBG/NBD otherwise.
    /// </summary>
    /// <param name="kind">Any kind but BG/BB, which has discrete time (<see cref="DiscreteFitting"/>).</param>
    /// <param name="cells">The base.</param>
    /// <param name="options">Defaults where null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cells"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is no model of continuous time, and the base is not refused.</exception>
    public static PurchaseFit Fit(PurchaseModelKind kind, PurchaseCells cells, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cells);
        options ??= FitOptions.Default;
        if (Refuse(cells, options) is { } refusal)
        {
            return new PurchaseFit { Kind = kind, Refusal = refusal };
        }

        return kind switch
        {
            PurchaseModelKind.Nbd => Fit(kind, cells, new NbdLikelihood(cells), 1, options),
            PurchaseModelKind.BgNbd or PurchaseModelKind.MbgNbd => Fit(kind, cells, new DropoutLikelihood(cells, kind), 1, options),
            PurchaseModelKind.MbgCnbd => FitErlang(cells, Fit(PurchaseModelKind.MbgNbd, cells, new DropoutLikelihood(cells, PurchaseModelKind.MbgNbd), 1, options), options),
            PurchaseModelKind.ParetoNbd => Fit(kind, cells, new ParetoLikelihood(cells), 1, options),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a model of continuous time."),
        };
    }

    private static FitRefusal? Refuse(PurchaseCells cells, FitOptions options) =>
        cells.Customers < options.MinimumCustomers ? FitRefusal.TooFewCustomers
        : cells.TotalAge <= 0 ? FitRefusal.NoTime
        : cells.Repeats == 0 ? FitRefusal.NoRepeatPurchases
        : null;

    /// <summary>The MBG/CNBD-k where the MBG/NBD, which is its first order, has been fitted to the same cells: with the same options, the defaults where null.</summary>
    internal static PurchaseFit FitErlang(PurchaseCells cells, PurchaseFit first, FitOptions? options = null)
    {
        var best = first with
        {
            Kind = PurchaseModelKind.MbgCnbd,
            Model = first.Model is { } model ? Erlang(model) : null,
            Draws = [.. first.Draws.Select(draw => new Weighted<PurchaseModel>(Erlang(draw.Model), draw.Weight))],
        };
        for (var order = 2; best.IsUsable && cells.SumOfLogGaps is not null && order <= HighestOrder; order++)
        {
            var fit = Fit(PurchaseModelKind.MbgCnbd, cells, new DropoutLikelihood(cells, PurchaseModelKind.MbgCnbd, order), order, options ?? FitOptions.Default);
            if (!(fit.IsUsable && fit.LogLikelihood > best.LogLikelihood))
            {
                break;
            }

            best = fit;
        }

        return best;
    }

    private static DropoutModel Erlang(PurchaseModel model) =>
        model is DropoutModel mbg ? new DropoutModel(PurchaseModelKind.MbgCnbd, mbg.R, mbg.Alpha, mbg.A, mbg.B) : throw new ArgumentException("Not an MBG/NBD.", nameof(model));

    private static PurchaseFit Fit(PurchaseModelKind kind, PurchaseCells cells, IPurchaseLikelihood likelihood, int order, FitOptions options)
    {
        var priorWeight = options.PriorWeight(cells.Customers);
        var objective = WithPrior(likelihood, priorWeight);
        var optimum = new BoundedMinimizer(-Bound, Bound).Minimize(objective, likelihood.Starts);
        if (optimum is null)
        {
            return new PurchaseFit { Kind = kind, Refusal = FitRefusal.NoFiniteFit };
        }

        var gradient = new double[likelihood.Size];
        var logLikelihood = likelihood.Evaluate(optimum.Point, gradient);
        var curvature = Curvature.At(objective, optimum.Point);
        var model = likelihood.ToModel(optimum.Point);
        var ratio = ExpectedRepeats(model, cells) / cells.Repeats;
        var fit = new PurchaseFit
        {
            Kind = kind,
            Model = model,
            LogLikelihood = Unscale(logLikelihood, cells, order),
            Converged = optimum.Converged,
            Evaluations = optimum.Evaluations,
            InSampleRatio = ratio,
            Draws = cells.Customers >= options.DrawsBelowCustomers
                ? []
                : [.. ParameterDraws.From(objective, optimum, curvature, Bound, options.Draws).Select(draw => new Weighted<PurchaseModel>(likelihood.ToModel(draw.Point), draw.Weight))],
        };
        var bare = priorWeight > 0 ? Curvature.At(WithPrior(likelihood, 0), optimum.Point) : curvature;
        return fit with { Warnings = [.. Warnings(fit, cells, optimum, bare, priorWeight)] };
    }

    // The cells' time is scaled: the density of x purchase times changes by scale^-x, the Erlang factor by the gaps.
    private static double Unscale(double logLikelihood, PurchaseCells cells, int order)
    {
        var scaled = logLikelihood - order * cells.Repeats * Math.Log(cells.TimeScale);
        return order == 1 ? scaled : scaled + (order - 1) * cells.SumOfLogGaps!.Value - cells.Repeats * GammaFunctions.Log(order);
    }

    private static Objective WithPrior(IPurchaseLikelihood likelihood, double weight)
    {
        var centres = likelihood.PriorCentres;
        return (point, gradient) =>
        {
            var value = -likelihood.Evaluate(point, gradient);
            for (var i = 0; i < point.Length; i++)
            {
                gradient[i] = -gradient[i];
            }

            for (var i = 0; weight > 0 && i < point.Length; i++)
            {
                // The second centre is of ln(rate) = ln r - ln alpha.
                var distance = i == 1 ? point[0] - point[1] - centres[1] : point[i] - centres[i];
                value += weight * distance * distance / 2;
                gradient[i] += weight * (i == 1 ? -distance : distance);
                gradient[0] += i == 1 ? weight * distance : 0;
            }

            return value;
        };
    }

    private static IEnumerable<FitWarning> Warnings(PurchaseFit fit, PurchaseCells cells, Minimum optimum, Curvature curvature, double priorWeight)
    {
        var names = fit.Model!.Parameters.Select(parameter => parameter.Name).Where(name => name != "k").ToList();
        var bound = names.Where((_, i) => Math.Abs(optimum.Point[i]) > Bound - 1e-6).ToList();
        if (!fit.Converged)
        {
            yield return new FitWarning(FitWarningCode.NotConverged);
        }

        if (bound.Count > 0)
        {
            yield return new FitWarning(FitWarningCode.AtBound, string.Join(", ", bound));
        }

        foreach (var warning in FlatDirections.Warnings(curvature, names))
        {
            yield return warning;
        }

        if (fit.Kind != PurchaseModelKind.Nbd && HidesDropout(fit, cells))
        {
            yield return new FitWarning(FitWarningCode.NoDropoutVisible);
        }

        if (priorWeight > 0)
        {
            yield return new FitWarning(FitWarningCode.PriorUsed, priorWeight.ToString("0.00", CultureInfo.InvariantCulture));
        }

        if (cells.Repeats >= 30 && Math.Abs(fit.InSampleRatio - 1) > 0.08)
        {
            yield return new FitWarning(FitWarningCode.DoesNotReproduce, fit.InSampleRatio.ToString("0.000", CultureInfo.InvariantCulture));
        }
    }

    private static bool HidesDropout(PurchaseFit fit, PurchaseCells cells)
    {
        if (fit.Model is DropoutModel { Order: > 1 } erlang)
        {
            return erlang.A / (erlang.A + erlang.B) < 0.002;
        }

        var nbd = new NbdLikelihood(cells);
        var gradient = new double[2];
        var stay = new BoundedMinimizer(-Bound, Bound, 1e-7).Minimize(
            (point, slope) =>
            {
                var value = -nbd.Evaluate(point, gradient);
                (slope[0], slope[1]) = (-gradient[0], -gradient[1]);
                return value;
            },
            nbd.Starts[0]);
        return stay is not null && fit.LogLikelihood - Unscale(-stay.Value, cells, 1) < LeastGain;
    }

    private static double ExpectedRepeats(PurchaseModel model, PurchaseCells cells)
    {
        var weights = new SortedDictionary<double, double>();
        for (var i = 0; i < cells.Age.Length; i++)
        {
            weights[cells.Age[i]] = weights.GetValueOrDefault(cells.Age[i]) + cells.Weight[i];
        }

        // More distinct ages than these are summed by steps of a fine grid.
        var step = Math.Max(1, weights.Count / 200);
        double sum = 0, waiting = 0, moment = 0;
        var inStep = 0;
        foreach (var (age, weight) in weights)
        {
            waiting += weight;
            moment += weight * age;
            if (++inStep == step)
            {
                sum += waiting == 0 ? 0 : waiting * model.ExpectedPurchasesOfNewCustomer(moment / waiting * cells.TimeScale);
                (waiting, moment, inStep) = (0, 0, 0);
            }
        }

        return waiting == 0 ? sum : sum + waiting * model.ExpectedPurchasesOfNewCustomer(moment / waiting * cells.TimeScale);
    }
}
