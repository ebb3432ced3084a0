using MathNet.Numerics;

namespace AmoLtv.Core.Attribution;

/// <summary>
/// Means of groups that lean on each other: a group of few members is drawn to what the groups have in common, and the less
/// the groups differ beyond chance, the more. Normal groups whose true means are normal around a common one
/// (D. B. Rubin, "Estimation in parallel randomized experiments", J. Educ. Stat. 6, 1981; Gelman et al., Bayesian Data
/// Analysis, 3rd ed., section 5.4), the spread τ of the true means integrated out under a half-Cauchy prior.
/// </summary>
/// <param name="Estimates">One for each group, in the order given.</param>
/// <param name="Spread">Posterior mean of τ, in the units of the means.</param>
public sealed record PartialPooling(IReadOnlyList<PooledEstimate> Estimates, double Spread)
{
    private const int Nodes = 128;
    private const double Tail = 0.025;

    /// <summary>Same input, same output: τ is summed over fixed points of equal prior probability.</summary>
    /// <param name="means">Observed means, at least two, finite.</param>
    /// <param name="errors">Their standard errors, above 0.</param>
    /// <param name="scale">Median of τ under the prior, above 0.</param>
    /// <exception cref="ArgumentException">Fewer than two means, or not as many errors.</exception>
    public static PartialPooling Of(IReadOnlyList<double> means, IReadOnlyList<double> errors, double scale)
    {
        if (means.Count < 2 || means.Count != errors.Count)
        {
            throw new ArgumentException("At least two means are needed, and an error for each.", nameof(means));
        }

        var nodes = Enumerable.Range(0, Nodes).Select(node => Node.At(scale * Math.Tan(Math.PI / 2 * (node + 0.5) / Nodes), means, errors)).ToArray();
        var largest = nodes.Max(node => node.LogLikelihood);
        double[] weights = [.. nodes.Select(node => Math.Exp(node.LogLikelihood - largest))];
        var total = weights.Sum();
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] /= total;
        }

        return new PartialPooling(
            [.. means.Select((mean, group) => Estimate(nodes, weights, mean, errors[group]))],
            nodes.Zip(weights, (node, weight) => node.Tau * weight).Sum());
    }

    private static PooledEstimate Estimate(Node[] nodes, double[] weights, double mean, double error)
    {
        var parts = Array.ConvertAll(nodes, node => node.Group(mean, error));
        return new PooledEstimate(
            parts.Zip(weights, (part, weight) => part.Mean * weight).Sum(), Quantile(parts, weights, Tail), Quantile(parts, weights, 1 - Tail));
    }

    /// <summary>The mixture's own, by halving: it is neither normal nor even.</summary>
    private static double Quantile((double Mean, double Deviation)[] parts, double[] weights, double probability)
    {
        var low = parts.Min(part => part.Mean - (8 * part.Deviation));
        var high = parts.Max(part => part.Mean + (8 * part.Deviation));
        for (var step = 0; step < 60 && high - low > 1e-9 * (1 + Math.Abs(low)); step++)
        {
            var middle = (low + high) / 2;
            var below = 0.0;
            for (var index = 0; index < parts.Length; index++)
            {
                below += weights[index] * SpecialFunctions.Erfc((parts[index].Mean - middle) / (parts[index].Deviation * Constants.Sqrt2)) / 2;
            }

            (low, high) = below < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Everything that is known once τ is.</summary>
    private readonly record struct Node(double Tau, double Common, double CommonVariance, double LogLikelihood)
    {
        public static Node At(double tau, IReadOnlyList<double> means, IReadOnlyList<double> errors)
        {
            var (precision, weighted) = (0.0, 0.0);
            for (var group = 0; group < means.Count; group++)
            {
                var weight = 1 / ((errors[group] * errors[group]) + (tau * tau));
                precision += weight;
                weighted += weight * means[group];
            }

            var common = weighted / precision;
            var logLikelihood = -Math.Log(precision) / 2;
            for (var group = 0; group < means.Count; group++)
            {
                var variance = (errors[group] * errors[group]) + (tau * tau);
                var difference = means[group] - common;
                logLikelihood -= (Math.Log(variance) + (difference * difference / variance)) / 2;
            }

            return new Node(tau, common, 1 / precision, logLikelihood);
        }

        public (double Mean, double Deviation) Group(double mean, double error)
        {
            var own = Tau * Tau / ((Tau * Tau) + (error * error));
            var variance = (own * error * error) + ((1 - own) * (1 - own) * CommonVariance);
            return ((own * mean) + ((1 - own) * Common), Math.Sqrt(variance));
        }
    }
}
