using System.Runtime.Intrinsics;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// Counts of purchases of a customer who may leave at any time: negative binomial counts mixed over the time at which the
/// customer leaves within the horizon (density s h^s / (h + τ)^(s+1)), or does not.
/// </summary>
internal static class CountMixture
{
    private const int MostNodes = 96;
    private const double DeepestLog = -600;

    /// <summary>Fills P(0), P(1), … ; the rate is Gamma(shape, rate), the rate of leaving Gamma(s, here).</summary>
    public static void Fill(double shape, double rate, double s, double here, double horizon, Span<double> probabilities)
    {
        var rule = GaussLegendre.Rule(NodesFor(shape * horizon / rate));
        var count = rule.Nodes.Length;
        Span<double> odds = stackalloc double[MostNodes + 4];
        Span<double> logs = stackalloc double[MostNodes + 4];
        Span<double> silences = stackalloc double[MostNodes + 4];
        odds[count..(count + 4)].Clear();
        var width = LogSpace.LogOnePlus(horizon / here);
        var logRate = Math.Log(rate);
        for (var i = 0; i < count; i += 4)
        {
            var v = Vector256.Create(rule.Nodes[i..]) * width;
            var time = (VectorMath.Exp(v) - Vector256<double>.One) * here;
            var reach = time + Vector256.Create(rate);
            (time / reach).CopyTo(odds[i..]);
            ((Vector256.Create(logRate) - VectorMath.Log(reach)) * shape).CopyTo(silences[i..]);
            (VectorMath.Log(Vector256.Create(rule.Weights[i..]) * (width * s)) - v * s).CopyTo(logs[i..]);
        }

        odds[count] = horizon / (rate + horizon);
        silences[count] = shape * (logRate - Math.Log(rate + horizon));
        logs[count] = -s * width;
        Sum(shape, odds[..(count + 4)], logs[..(count + 1)], silences, probabilities);
    }

    // Each node's P(N = n) follows from its P(N = n − 1), once that no longer underflows; later nodes have longer times and come in later.
    private static void Sum(double shape, Span<double> odds, Span<double> logs, Span<double> silences, Span<double> probabilities)
    {
        Span<double> terms = stackalloc double[MostNodes + 4];
        terms.Clear();
        var (begun, next) = (0, Begin(0, shape, odds, silences));
        for (var n = 0; n < probabilities.Length; n++)
        {
            for (; begun < logs.Length && next <= n; next = ++begun < logs.Length ? Begin(begun, shape, odds, silences) : int.MaxValue)
            {
                terms[begun] = Math.Exp(logs[begun] + LogAt(n, shape, odds[begun], silences[begun]));
            }

            var growth = (shape + n) / (n + 1);
            var sums = Vector256<double>.Zero;
            for (var i = 0; i < odds.Length; i += 4)
            {
                var term = Vector256.Create<double>(terms[i..]);
                sums += term;
                (term * Vector256.Create<double>(odds[i..]) * growth).CopyTo(terms[i..]);
            }

            probabilities[n] = Vector256.Sum(sums);
        }
    }

    // The first n whose P(N = n) at the node can be held; it rises up to the mode.
    private static int Begin(int node, double shape, Span<double> odds, Span<double> silences)
    {
        if (silences[node] > DeepestLog)
        {
            return 0;
        }

        int low = 0, high = (int)Math.Min(int.MaxValue / 2, (shape - 1) * odds[node] / (1 - odds[node]));
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = LogAt(middle, shape, odds[node], silences[node]) > DeepestLog ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static double LogAt(int n, double shape, double odds, double silence) =>
        n == 0 ? silence : silence + GammaFunctions.Log(shape + n) - GammaFunctions.Log(shape) - GammaFunctions.Log(n + 1.0) + n * Math.Log(odds);

    private static int NodesFor(double purchases) => purchases switch
    {
        < 1 => 8,
        < 5 => 12,
        < 20 => 20,
        < 100 => 40,
        _ => MostNodes,
    };
}
