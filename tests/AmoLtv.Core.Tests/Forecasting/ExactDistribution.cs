using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;
using MathNet.Numerics;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>The distribution function of a customer's value in a horizon, by incomplete beta functions: what intervals are held against.</summary>
internal sealed class ExactDistribution
{
    private readonly CountList _counts = new();
    private readonly double _p;
    private readonly double _shape;
    private readonly double _rate;

    public ExactDistribution(PurchaseModel model, GammaGammaModel money, in RepeatSummary history, in SpendSummary spend, double horizon)
    {
        _counts.Fill(model, [], history, horizon);
        _p = money.P;
        (_shape, _rate) = money.Posterior(spend);
    }

    /// <summary>P(value ≤ asked).</summary>
    public double UpTo(double value)
    {
        var listed = _counts.Probabilities;
        var sum = listed[0];
        for (var y = 1; value > 0 && y < listed.Length; y++)
        {
            sum += listed[y] > 1e-12 ? listed[y] * SpecialFunctions.BetaRegularized(_p * y, _shape, value / (_rate + value)) : 0;
        }

        return Math.Min(1, sum);
    }
}
