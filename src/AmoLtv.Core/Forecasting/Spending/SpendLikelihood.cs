using System.Runtime.Intrinsics;
using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>Log-likelihood and gradient of the Gamma-Gamma model in ln p, ln q, ln γ, values scaled.</summary>
internal sealed class SpendLikelihood(SpendCells cells)
{
    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var (p, q, rate) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]));
        var (logGammaQ, digammaQ) = (GammaFunctions.Log(q), GammaFunctions.Digamma(q));
        double value = 0, byP = 0, byQ = 0, byRate = 0;
        for (var g = 0; g < cells.Counts.Length; g++)
        {
            var (x, n) = (cells.Counts[g], cells.Sizes[g]);
            var shape = p * x;
            var (logSum, inverseSum) = Sums(g, rate);
            var logX = Math.Log(x);
            var digammaAll = GammaFunctions.Digamma(shape + q);
            value += n * (GammaFunctions.Log(shape + q) - GammaFunctions.Log(shape) - logGammaQ + q * logs[2] + shape * logX)
                + (shape - 1) * cells.LogSums[g] - (shape + q) * logSum;
            byP += x * (n * (digammaAll - GammaFunctions.Digamma(shape) + logX) + cells.LogSums[g] - logSum);
            byQ += n * (digammaAll - digammaQ + logs[2]) - logSum;
            byRate += n * q / rate - (shape + q) * inverseSum;
        }

        gradient[0] = byP * p;
        gradient[1] = byQ * q;
        gradient[2] = byRate * rate;
        return value;
    }

    private (double Log, double Inverse) Sums(int group, double rate)
    {
        var (logSum, inverseSum) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = cells.Starts[group]; i < cells.Starts[group + 1]; i += PurchaseCells.Lanes)
        {
            var weight = Vector256.Create(cells.Weights, i);
            var total = Vector256.Create(cells.Means, i) * cells.Counts[group] + Vector256.Create(rate);
            logSum += weight * VectorMath.Log(total);
            inverseSum += weight / total;
        }

        return (Vector256.Sum(logSum), Vector256.Sum(inverseSum));
    }
}
