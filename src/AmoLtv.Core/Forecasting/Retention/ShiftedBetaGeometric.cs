using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>
/// Contracts that may end at each renewal, with a probability that differs between customers as Beta(α, β): retention rises with
/// tenure because those who leave easily are gone (Fader and Hardie 2007, J. Interactive Marketing 21(1)).
/// </summary>
/// <param name="Alpha">First shape, &gt; 0.</param>
/// <param name="Beta">Second shape, &gt; 0.</param>
public sealed record ShiftedBetaGeometric(double Alpha, double Beta)
{
    /// <summary>P(lost at renewal <paramref name="renewal"/>), renewal ≥ 1: B(α + 1, β + t − 1) / B(α, β).</summary>
    public double ProbabilityOfLoss(int renewal) => Survival(renewal - 1) * (1 - RetentionRate(renewal));

    /// <summary>Share that has survived <paramref name="renewals"/> (≥ 0) renewals, 0..1: B(α, β + t) / B(α, β).</summary>
    public double Survival(int renewals) => Math.Exp(LogSurvival(renewals));

    /// <summary>Probability, 0..1, that a contract about to be renewed for the <paramref name="renewal"/>-th (≥ 1) time is: (β + t − 1) / (α + β + t − 1).</summary>
    public double RetentionRate(int renewal) => (Beta + renewal - 1) / (Alpha + Beta + renewal - 1);

    /// <summary>
    /// Discounted expected residual lifetime of a contract just before its <paramref name="renewal"/>-th renewal, in contract periods:
    /// Σ over i ≥ 0 of Π over j ≤ i of r(renewal + j), / (1 + d)^i. The first term is the renewal at hand, undiscounted
    /// (Fader and Hardie 2010, Marketing Science 29(1)).
    /// </summary>
    /// <param name="renewal">≥ 1.</param>
    /// <param name="rate">Discount rate d per contract period, &gt; 0 unless <paramref name="periods"/> is given.</param>
    /// <param name="periods">Count only so many periods; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not positive, and <paramref name="periods"/> is null.</exception>
    public double ResidualLifetime(int renewal, double rate, int? periods = null)
    {
        if (periods is null)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        }

        double sum = 0, term = 1;
        var limit = periods ?? 10_000_000;
        for (var i = 0; i < limit && term > 1e-15; i++)
        {
            term *= RetentionRate(renewal + i) / (i == 0 ? 1 : 1 + rate);
            sum += term;
        }

        return sum;
    }

    /// <summary>ln P(data), ≤ 0: Σ of ln P(lost at t) and ln S(t) over the contracts, each as often as it is counted.</summary>
    public double LogLikelihood(IEnumerable<RenewalCount> counts) => counts.Sum(count => count.Count
        * (count.IsLost ? LogSurvival(count.Renewals - 1) + Math.Log(1 - RetentionRate(count.Renewals)) : LogSurvival(count.Renewals)));

    /// <summary>
    /// Fits by maximum likelihood in bounded log-parameters. Refused with fewer customers than the options ask, or when nobody was lost
    /// or nobody had a renewal.
    /// </summary>
    /// <param name="counts">In any order; those of 0 contracts are left out.</param>
    /// <param name="options">Defaults where null; of them only the fewest customers count.</param>
    /// <exception cref="ArgumentException">A contract is lost before its first renewal, has survived fewer than 0, or a count is not finite.</exception>
    public static ShiftedBetaGeometricFit Fit(IEnumerable<RenewalCount> counts, FitOptions? options = null)
    {
        var data = counts.Where(count => count.Count > 0).ToList();
        if (data.Exists(count => count.Renewals < (count.IsLost ? 1 : 0) || !double.IsFinite(count.Count)))
        {
            throw new ArgumentException("A contract is lost at its first renewal or later.", nameof(counts));
        }

        if (data.Sum(count => count.Count) < (options ?? FitOptions.Default).MinimumCustomers)
        {
            return new ShiftedBetaGeometricFit { Refusal = FitRefusal.TooFewCustomers };
        }

        if (!data.Exists(count => count.IsLost))
        {
            return new ShiftedBetaGeometricFit { Refusal = FitRefusal.NoRepeatPurchases };
        }

        var objective = NumericGradient.Of(logs => -new ShiftedBetaGeometric(Math.Exp(logs[0]), Math.Exp(logs[1])).LogLikelihood(data));
        var optimum = new BoundedMinimizer(-PurchaseFitting.Bound, PurchaseFitting.Bound, 1e-9).Minimize(objective, [0, 0], [-0.5, 1.3]);
        return optimum is null
            ? new ShiftedBetaGeometricFit { Refusal = FitRefusal.NoFiniteFit }
            : new ShiftedBetaGeometricFit
            {
                Model = new ShiftedBetaGeometric(Math.Exp(optimum.Point[0]), Math.Exp(optimum.Point[1])),
                LogLikelihood = -optimum.Value,
                Converged = optimum.Converged,
                Warnings = [.. FlatDirections.Warnings(Curvature.At(objective, optimum.Point), ["alpha", "beta"])],
            };
    }

    // Γ(β + t)/Γ(β) over Γ(α + β + t)/Γ(α + β).
    private double LogSurvival(int renewals) => GammaFunctions.LogRising(Beta, renewals) - GammaFunctions.LogRising(Alpha + Beta, renewals);
}
