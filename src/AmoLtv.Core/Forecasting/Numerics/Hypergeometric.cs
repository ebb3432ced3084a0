namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Gauss' hypergeometric function by its power series.</summary>
public static class Hypergeometric
{
    private const int MostTerms = 200_000;

    /// <summary>
    /// ₂F₁(a, b; c; z) for c &gt; 0 and 0 ≤ z &lt; 1, by summing the power series until a term no longer counts
    /// (Abramowitz and Stegun 15.1.1). The callers use Euler's transform, after which the parameters do not grow
    /// with the number of purchases and the terms do not alternate with weight.
    /// </summary>
    public static double Series(double a, double b, double c, double z)
    {
        double term = 1;
        double sum = 1;
        for (var n = 0; n < MostTerms; n++)
        {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            sum += term;
            if (Math.Abs(term) <= 1e-16 * Math.Abs(sum) && n > -a && n > -b)
            {
                break;
            }
        }

        return sum;
    }
}
