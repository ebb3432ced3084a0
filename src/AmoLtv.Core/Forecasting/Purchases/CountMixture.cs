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
        if (shape * -LogSpace.LogOnePlus(-horizon / (rate + horizon)) > -DeepestLog)
        {
            FillOneByOne(shape, rate, s, here, horizon, probabilities);
            return;
        }

        var rule = GaussLegendre.Rule(NodesFor(shape * horizon / rate));
        var count = rule.Nodes.Length;
        Span<double> odds = stackalloc double[MostNodes + 4];
        Span<double> terms = stackalloc double[MostNodes + 4];
        odds[count..(count + 4)].Clear();
        terms[count..(count + 4)].Clear();
        var width = LogSpace.LogOnePlus(horizon / here);
        var logRate = Math.Log(rate);
        for (var i = 0; i < count; i += 4)
        {
            var v = Vector256.Create(rule.Nodes[i..]) * width;
            var time = (Vector256.Exp(v) - Vector256<double>.One) * here;
            var reach = time + Vector256.Create(rate);
            (time / reach).CopyTo(odds[i..]);
            var silent = (Vector256.Create(logRate) - Vector256.Log(reach)) * shape;
            (Vector256.Create(rule.Weights[i..]) * (width * s) * Vector256.Exp(silent - v * s)).CopyTo(terms[i..]);
        }

        odds[count] = horizon / (rate + horizon);
        terms[count] = Math.Exp(shape * (logRate - Math.Log(rate + horizon)) - s * width);
        Sum(shape, odds[..(count + 4)], terms[..(count + 4)], probabilities);
    }

    // Each node's P(N = n) follows from its P(N = n − 1).
    private static void Sum(double shape, Span<double> odds, Span<double> terms, Span<double> probabilities)
    {
        for (var n = 0; n < probabilities.Length; n++)
        {
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

    // P(N = 0) underflows within the horizon: each node is listed from its mode.
    private static void FillOneByOne(double shape, double rate, double s, double here, double horizon, Span<double> probabilities)
    {
        probabilities.Clear();
        var width = LogSpace.LogOnePlus(horizon / here);
        var rule = GaussLegendre.Rule(MostNodes);
        var one = new double[probabilities.Length];
        for (var i = 0; i <= rule.Nodes.Length; i++)
        {
            var isLast = i == rule.Nodes.Length;
            var v = isLast ? width : width * rule.Nodes[i];
            var time = isLast ? horizon : here * LogSpace.ExpMinusOne(v);
            var weight = isLast ? Math.Exp(-s * width) : rule.Weights[i] * width * s * Math.Exp(-s * v);
            NegativeBinomial.Fill(shape, time / (rate + time), one);
            for (var n = 0; n < one.Length; n++)
            {
                probabilities[n] += weight * one[n];
            }
        }
    }

    private static int NodesFor(double purchases) => purchases switch
    {
        < 1 => 8,
        < 5 => 12,
        < 20 => 20,
        < 100 => 40,
        _ => MostNodes,
    };
}
