using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>
/// Elementary functions of four values at a time, to about one unit in the last place; the width is fixed, and nothing is fused, so
/// that sums are the same on every machine. They become part of loops that are compiled well at their first call: the library's own are
/// so only after a process has run for a while, and a fit at its beginning takes six times as long with them.
/// </summary>
internal static class VectorMath
{
    // ln 2 in two parts: the first has so few digits that its whole multiples are exact (Cody and Waite 1980).
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;
    private const double LowestExponent = -708;
    private const double HighestExponent = 709.78;

    // Added to a number below 2^51, it leaves the nearest whole number in the last bits.
    private const double Rounding = 6755399441055744;
    private const long ExponentOfOne = 0x3FF0_0000_0000_0000;
    private const long Mantissa = 0x000F_FFFF_FFFF_FFFF;
    private const long Above = 0x4330_0000_0000_0000;
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const double TwoTo54 = 18014398509481984;

    /// <summary>eˣ: 0 below −708, infinity above 709.78; NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        // x = k ln 2 + r with |r| at most half of ln 2; e^r by its series to the 13th power, in pairs.
        var shifted = x * 1.4426950408889634 + Vector256.Create(Rounding);
        var k = shifted - Vector256.Create(Rounding);
        var r = x - k * LogTwoHigh - k * LogTwoLow;
        var r2 = r * r;
        var r4 = r2 * r2;
        var low = Pair(r, 1, 1) + Pair(r, 1.0 / 2, 1.0 / 6) * r2;
        var middle = Pair(r, 1.0 / 24, 1.0 / 120) + Pair(r, 1.0 / 720, 1.0 / 5040) * r2;
        var high = Pair(r, 1.0 / 40320, 1.0 / 362880) + Pair(r, 1.0 / 3628800, 1.0 / 39916800) * r2 + Pair(r, 1.0 / 479001600, 1.0 / 6227020800) * r4;
        var power = low + (middle + high * r4) * r4;
        var scaled = (power.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
        scaled = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(LowestExponent)), Vector256<double>.Zero, scaled);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(HighestExponent)), Vector256.Create(double.PositiveInfinity), scaled);
    }

    /// <summary>ln x: −∞ of 0, NaN below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        // x = 2^k m with m within √½..√2, and ln m = 2 artanh f with f = (m − 1)/(m + 1), by its series to the 21st power.
        var isSmall = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        var normal = Vector256.ConditionalSelect(isSmall, x * TwoTo54, x);
        var bits = normal.AsInt64();
        var exponent = ((bits >>> 52) | Vector256.Create(Above)).AsDouble() - Vector256.Create(4503599627370496.0 + 1023);
        var m = ((bits & Vector256.Create(Mantissa)) | Vector256.Create(ExponentOfOne)).AsDouble();
        var isLarge = Vector256.GreaterThan(m, Vector256.Create(1.4142135623730951));
        m = Vector256.ConditionalSelect(isLarge, m * 0.5, m);
        var k = exponent + Vector256.ConditionalSelect(isLarge, Vector256<double>.One, Vector256<double>.Zero) - Vector256.ConditionalSelect(isSmall, Vector256.Create(54.0), Vector256<double>.Zero);
        var rest = m - Vector256<double>.One;
        var f = rest / (m + Vector256<double>.One);
        var s = f * f;
        var s2 = s * s;
        var s4 = s2 * s2;
        var series = s * (Pair(s, 2.0 / 3, 2.0 / 5) + Pair(s, 2.0 / 7, 2.0 / 9) * s2 + (Pair(s, 2.0 / 11, 2.0 / 13) + Pair(s, 2.0 / 15, 2.0 / 17) * s2 + Pair(s, 2.0 / 19, 2.0 / 21) * s4) * s4);

        // 2f = rest − f·rest: the larger part is exact.
        var log = k * LogTwoHigh + (rest - (f * (rest - series) - k * LogTwoLow));
        log = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<double>.Zero), log, Vector256.Create(double.NaN));
        log = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<double>.Zero), Vector256.Create(double.NegativeInfinity), log);
        return Vector256.ConditionalSelect(Vector256.Equals(x, Vector256.Create(double.PositiveInfinity)), x, log);
    }

    /// <summary>ln(1 + eˣ) and 1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Softplus, Vector256<double> Sigmoid) SoftplusAndSigmoid(Vector256<double> x)
    {
        var e = Exp(-Vector256.Abs(x));
        var onePlus = Vector256<double>.One + e;
        var softplus = Vector256.Max(x, Vector256<double>.Zero) + Log(onePlus);
        var sigmoid = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<double>.Zero), Vector256<double>.One, e) / onePlus;
        return (softplus, sigmoid);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pair(Vector256<double> x, double constant, double slope) => Vector256.Create(constant) + x * slope;
}
