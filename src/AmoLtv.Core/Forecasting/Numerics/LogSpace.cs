namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Sums and odds kept as logarithms, so that no likelihood overflows.</summary>
public static class LogSpace
{
    /// <summary>ln(eᵃ + eᵇ); −∞ counts as zero.</summary>
    public static double Add(double a, double b)
    {
        var high = Math.Max(a, b);
        return double.IsNegativeInfinity(high) ? high : high + Math.Log(1 + Math.Exp(Math.Min(a, b) - high));
    }

    /// <summary>ln(1 + eˣ).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary>1 / (1 + e⁻ˣ), in 0..1.</summary>
    public static double Sigmoid(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        var e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>ln(1 + x) for x &gt; −1, exact for small x (Goldberg 1991, theorem 4).</summary>
    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>eˣ − 1, exact for small x: the power series up to |x| = 0.3.</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.3)
        {
            return Math.Exp(x) - 1;
        }

        double term = x;
        double sum = x;
        for (var n = 2; n < 20 && Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= x / n;
            sum += term;
        }

        return sum;
    }
}
