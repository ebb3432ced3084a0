using System.Runtime.Intrinsics;

namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Four values at a time; the width is fixed so that sums have one order on every machine.</summary>
internal static class VectorMath
{
    /// <summary>ln(1 + eˣ) and 1 / (1 + e⁻ˣ).</summary>
    public static (Vector256<double> Softplus, Vector256<double> Sigmoid) SoftplusAndSigmoid(Vector256<double> x)
    {
        var e = Vector256.Exp(-Vector256.Abs(x));
        var onePlus = Vector256<double>.One + e;
        var softplus = Vector256.Max(x, Vector256<double>.Zero) + Vector256.Log(onePlus);
        var sigmoid = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<double>.Zero), Vector256<double>.One, e) / onePlus;
        return (softplus, sigmoid);
    }
}
