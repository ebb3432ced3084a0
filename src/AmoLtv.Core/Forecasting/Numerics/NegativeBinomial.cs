namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>
/// Counts of a Poisson process whose rate is gamma distributed: P(N = n) = Γ(shape + n) / (Γ(shape) n!) (1 − z)^shape zⁿ,
/// where z = t / (rate parameter + t).
/// </summary>
internal static class NegativeBinomial
{
    private const double DeepestLog = -600;

    /// <summary>Fills P(N = 0), P(N = 1), … ; starts at the mode where P(N = 0) would underflow.</summary>
    public static void Fill(double shape, double z, Span<double> probabilities)
    {
        var logZero = shape * LogSpace.LogOnePlus(-z);
        if (logZero > DeepestLog)
        {
            var p = Math.Exp(logZero);
            probabilities[0] = p;
            for (var n = 1; n < probabilities.Length; n++)
            {
                p *= (shape + n - 1) / n * z;
                probabilities[n] = p;
            }

            return;
        }

        FillFromMode(shape, z, logZero, probabilities);
    }

    private static void FillFromMode(double shape, double z, double logZero, Span<double> probabilities)
    {
        var mode = (int)Math.Clamp((shape - 1) * z / (1 - z), 0, probabilities.Length - 1);
        var logMode = GammaFunctions.Log(shape + mode) - GammaFunctions.Log(shape) - GammaFunctions.Log(mode + 1) + logZero + mode * Math.Log(z);
        probabilities[mode] = Math.Exp(logMode);
        for (var n = mode + 1; n < probabilities.Length; n++)
        {
            probabilities[n] = probabilities[n - 1] * ((shape + n - 1) / n * z);
        }

        for (var n = mode; n > 0; n--)
        {
            probabilities[n - 1] = probabilities[n] * (n / ((shape + n - 1) * z));
        }
    }
}
