using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>Adds mixtures of beta densities to a grid in the logarithm of the value.</summary>
internal static class DensityGrid
{
    /// <summary>
    /// Adds Σ exp(logWeight_c) u^(p·count_c) (1 − u)^shape, the density of ln(value), at u = 1 / (1 + e^−l),
    /// l = from, from + step, …; the span may be read in fours up to its end only.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<double> density, double from, double step, double p, double shape, ReadOnlySpan<double> counts, ReadOnlySpan<double> logWeights)
    {
        var lanes = Vector256.Create(0.0, 1, 2, 3) * step;
        Span<double> four = stackalloc double[4];
        for (var i = 0; i < density.Length; i += 4)
        {
            var l = lanes + Vector256.Create(from + i * step);
            var e = VectorMath.Exp(-Vector256.Abs(l));
            var log = VectorMath.Log(Vector256<double>.One + e);
            var logUpper = -Vector256.Max(-l, Vector256<double>.Zero) - log;
            var rest = (-Vector256.Max(l, Vector256<double>.Zero) - log) * shape;
            var sum = Vector256<double>.Zero;
            for (var c = 0; c < counts.Length; c++)
            {
                sum += VectorMath.Exp(logUpper * (p * counts[c]) + rest + Vector256.Create(logWeights[c]));
            }

            sum.CopyTo(four);
            for (var k = 0; k < 4 && i + k < density.Length; k++)
            {
                density[i + k] += four[k];
            }
        }
    }
}
