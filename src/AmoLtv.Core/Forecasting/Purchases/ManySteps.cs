using System.Buffers;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// E[Y(t)] of a customer who is here where the steps (phases of purchases, were nobody to leave) are too many to be listed:
/// Σ P(N = m) G(⌊(m + phase)/k⌋) with N negative binomial and G(n) = Σ over i ≤ n of P(the i-th purchase is made), which has a closed form. The
/// first terms are summed, the others, smooth in m, are integrated.
/// </summary>
internal static class ManySteps
{
    private const int Head = 1 << 11;
    private const int Nodes = 8;
    private const double SingularWidth = 1e-5;

    /// <summary>The expectation, to about 1e-7 of it.</summary>
    /// <param name="state">The customer.</param>
    /// <param name="time">The horizon, &gt; 0.</param>
    /// <param name="phase">Phases of the next purchase already passed.</param>
    /// <param name="reach">A number of steps that is hardly exceeded, larger than the head.</param>
    public static double Expected(in DropoutState state, double time, int phase, double reach)
    {
        // G has a removable singularity at A = 1.
        if (Math.Abs(state.A - 1) < SingularWidth)
        {
            return (Expected(state with { A = 1 - 2 * SingularWidth }, time, phase, reach) + Expected(state with { A = 1 + 2 * SingularWidth }, time, phase, reach)) / 2;
        }

        var odds = time / state.Rate;
        var mean = state.Shape * odds;
        var deviation = Math.Sqrt(mean * (1 + odds));
        var from = Math.Max(Head - 0.5, mean - 12 * deviation);
        return (from < Head ? Summed(state, time, phase) : 0) + Integrated(state, time, phase, from, reach, Math.Max(deviation, 1 + odds) / 2);
    }

    private static double Summed(in DropoutState state, double time, int phase)
    {
        var steps = ArrayPool<double>.Shared.Rent(Head);
        NegativeBinomial.Fill(state.Shape, time / (state.Rate + time), steps.AsSpan(0, Head));
        double sum = 0, made = 0, survival = 1;
        for (int m = 0, n = 0; m < Head; m++)
        {
            if ((m + phase) / state.Order > n)
            {
                made += survival;
                n++;
                survival *= (state.B + n - 1) / (state.A + state.B + n - 1);
            }

            sum += steps[m] * made;
        }

        ArrayPool<double>.Shared.Return(steps);
        return sum;
    }

    // A density of a power of m and a bell or a fall: smooth over half of m, and over half of its own width.
    private static double Integrated(in DropoutState state, double time, int phase, double from, double reach, double smooth)
    {
        var rule = GaussLegendre.Rule(Nodes);
        var logStep = -LogSpace.LogOnePlus(state.Rate / time);
        var constant = state.Shape * -LogSpace.LogOnePlus(time / state.Rate) - GammaFunctions.Log(state.Shape);
        double sum = 0;
        for (double width; from < reach; from += width)
        {
            width = Math.Min(reach - from, Math.Min(smooth, from / 2));
            for (var i = 0; i < Nodes; i++)
            {
                var m = from + width * rule.Nodes[i];
                var log = constant + GammaFunctions.LogRatio(m + 1, state.Shape - 1) + m * logStep;

                // Whole purchases are on average half of k − 1 steps behind.
                var made = log < -50 ? 0 : state.Made((m + phase - (state.Order - 1) / 2.0) / state.Order);
                sum += width * rule.Weights[i] * Math.Exp(log) * made;
            }
        }

        return sum;
    }
}
