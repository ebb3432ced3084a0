namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>
/// Logarithms of rising factorials Γ(a + n) / Γ(a) and their derivatives by a, for an ascending list of whole numbers n
/// and one a: sums of logarithms from one n to the next, so that a large a costs no digits.
/// </summary>
internal static class RisingFactorial
{
    // Beyond this gap two Stirling series are cheaper than a sum.
    private const int LongestSum = 48;

    /// <summary>Fills <paramref name="log"/> and <paramref name="derivative"/> for each of the ascending <paramref name="counts"/>, all ≥ 0.</summary>
    public static void Fill(double a, ReadOnlySpan<int> counts, Span<double> log, Span<double> derivative)
    {
        double sum = 0;
        double slope = 0;
        var reached = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var n = counts[i];
            if (n - reached > LongestSum)
            {
                sum += GammaFunctions.Log(a + n) - GammaFunctions.Log(a + reached);
                slope += GammaFunctions.Digamma(a + n) - GammaFunctions.Digamma(a + reached);
                reached = n;
            }

            for (; reached < n; reached++)
            {
                sum += Math.Log(a + reached);
                slope += 1 / (a + reached);
            }

            log[i] = sum;
            derivative[i] = slope;
        }
    }
}
