using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>A weighted sum of negative binomial distributions of one shape.</summary>
internal static class CountMixture
{
    /// <summary>Fills Σᵢ wᵢ P(N = n | shape, zᵢ), weights given as logarithms; both spans are overwritten.</summary>
    public static void Fill(double shape, Span<double> odds, Span<double> logWeights, Span<double> probabilities)
    {
        probabilities.Clear();
        var deepest = 0.0;
        foreach (var z in odds)
        {
            deepest = Math.Min(deepest, shape * LogSpace.LogOnePlus(-z));
        }

        if (deepest < -600)
        {
            FillOneByOne(shape, odds, logWeights, probabilities);
            return;
        }

        for (var i = 0; i < odds.Length; i++)
        {
            logWeights[i] = Math.Exp(logWeights[i] + shape * LogSpace.LogOnePlus(-odds[i]));
        }

        for (var n = 0; n < probabilities.Length; n++)
        {
            double sum = 0;
            var growth = (shape + n) / (n + 1);
            for (var i = 0; i < odds.Length; i++)
            {
                sum += logWeights[i];
                logWeights[i] *= odds[i] * growth;
            }

            probabilities[n] = sum;
        }
    }

    private static void FillOneByOne(double shape, Span<double> odds, Span<double> logWeights, Span<double> probabilities)
    {
        var one = new double[probabilities.Length];
        for (var i = 0; i < odds.Length; i++)
        {
            NegativeBinomial.Fill(shape, odds[i], one);
            for (var n = 0; n < probabilities.Length; n++)
            {
                probabilities[n] += Math.Exp(logWeights[i]) * one[n];
            }
        }
    }
}
