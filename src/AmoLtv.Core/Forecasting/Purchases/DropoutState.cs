using System.Buffers;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// A customer who is still here: the rate is Gamma(Shape, Rate), the chance to leave after each purchase to come is
/// Beta(A, B), a purchase takes Order phases. Everything the models forecast is this process seen from now on.
/// </summary>
internal readonly record struct DropoutState(double Shape, double Rate, double A, double B, int Order)
{
    // Longer sums are taken by quadrature.
    private const int LongestExact = 1 << 14;

    /// <summary>
    /// E[Y(t)] for Order = 1: c/(a − 1) · (1 − (1 − z)^(a−1) ₂F₁(c − R, a − 1; c; z)), c = a + b − 1, z = t/(rate + t):
    /// Fader, Hardie and Lee (2005) eq. 10 after Euler's transform, or a sum over counts where the series would cancel.
    /// </summary>
    public double ExpectedPurchases(double time)
    {
        if (time <= 0)
        {
            return 0;
        }

        var z = time / (Rate + time);
        var most = Shape / Rate * time;
        if (Math.Abs(A - 1) < 1e-5)
        {
            return ((this with { A = 1 - 2e-5 }).ExpectedPurchases(time) + (this with { A = 1 + 2e-5 }).ExpectedPurchases(time)) / 2;
        }

        var c = A + B - 1;
        if (Math.Abs(c) < 1e-6)
        {
            return ((this with { B = B - 2e-6 - c }).ExpectedPurchases(time) + (this with { B = B + 2e-6 - c }).ExpectedPurchases(time)) / 2;
        }

        var logRest = LogSpace.LogOnePlus(-z);
        var growth = (A - 1) * -logRest;
        var surplus = c - Shape;
        if (z > 0.995 || surplus < -5 || growth > (surplus < 0 ? 20 : 200) || c > 1e7)
        {
            return Math.Min(most, ExpectedByCounting(time, 0));
        }

        var never = Math.Exp(-growth) * Hypergeometric.Series(surplus, A - 1, c, z);
        return Math.Clamp(c / (A - 1) * (1 - never), 0, most);
    }

    /// <summary>E[Y(t)] as Σ P(Y ≥ n), with <paramref name="phase"/> phases of the next purchase already passed; works for every order.</summary>
    public double ExpectedByCounting(double time, int phase)
    {
        if (time <= 0)
        {
            return 0;
        }

        var odds = time / Rate;
        var mean = Shape * odds;
        var reach = mean + 8 * Math.Sqrt(mean * (1 + odds)) + 30 * (1 + odds) + 8;
        return reach > LongestExact ? ManySteps.Expected(this, time, phase, reach) : ExpectedByCounting(time, phase, (int)reach + 1);
    }

    private double ExpectedByCounting(double time, int phase, int length)
    {
        var steps = ArrayPool<double>.Shared.Rent(length);
        NegativeBinomial.Fill(Shape, time / (Rate + time), steps.AsSpan(0, length));
        double expected = 0, below = 0, survival = 1;
        for (int n = 1, i = 0; Order * n - phase < length && survival > 1e-14; n++)
        {
            for (; i < Order * n - phase; i++)
            {
                below += steps[i];
            }

            expected += survival * Math.Max(0, 1 - below);
            survival *= (B + n - 1) / (A + B + n - 1);
        }

        ArrayPool<double>.Shared.Return(steps);
        return expected;
    }

    /// <summary>P(Y = y) for Order = 1: y purchases in time and none was the last, or the y-th was the last (Fader, Hardie and Lee 2005, eq. 8).</summary>
    public void Fill(double time, Span<double> probabilities)
    {
        NegativeBinomial.Fill(Shape, time / (Rate + time), probabilities);
        double below = 0, survival = 1;
        for (var y = 0; y < probabilities.Length; y++)
        {
            var exactly = probabilities[y];
            var leaving = y == 0 ? 0 : survival * A / (A + B + y - 1);
            survival *= y == 0 ? 1 : (B + y - 1) / (A + B + y - 1);
            probabilities[y] = survival * exactly + leaving * Math.Max(0, 1 - below);
            below += exactly;
        }
    }

    /// <summary>Adds <paramref name="weight"/> · P(Y = y) for any order, given the phases passed; <paramref name="steps"/> is scratch of Order · (length + 1).</summary>
    public void AddErlang(double time, int phase, double weight, Span<double> steps, Span<double> probabilities)
    {
        NegativeBinomial.Fill(Shape, time / (Rate + time), steps);
        double below = 0, survival = 1;
        var step = 0;
        for (var y = 0; y < probabilities.Length; y++)
        {
            var leaving = y == 0 ? 0 : survival * A / (A + B + y - 1) * Math.Max(0, 1 - below);
            survival *= y == 0 ? 1 : (B + y - 1) / (A + B + y - 1);
            double exactly = 0;
            for (; step < Order * (y + 1) - phase; step++)
            {
                exactly += steps[step];
            }

            probabilities[y] += weight * (survival * exactly + leaving);
            below += exactly;
        }
    }

    /// <summary>
    /// Purchases made of <paramref name="n"/> ≥ 0 that there was time for: Σ over i ≤ n of the chance to be still here for the i-th, which is
    /// (c − Γ(A + B)Γ(B + n)/(Γ(B)Γ(c + n)))/(A − 1) with c = A + B − 1; not at A = 1.
    /// </summary>
    internal double Made(double n)
    {
        var c = A + B - 1;
        var made = c > 0
            ? c * -LogSpace.ExpMinusOne(GammaFunctions.LogRatio(B, A - 1) - GammaFunctions.LogRatio(B + n, A - 1)) / (A - 1)
            : (c - Math.Exp(GammaFunctions.LogRatio(B, A) - GammaFunctions.LogRatio(B + n, A - 1))) / (A - 1);
        return Math.Clamp(made, 0, n);
    }
}
