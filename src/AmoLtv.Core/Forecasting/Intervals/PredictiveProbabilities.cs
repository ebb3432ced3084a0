using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;
using MathNet.Numerics;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>Exact predictive distribution functions under a plan, for measuring calibration (probability integral transforms).</summary>
public sealed class PredictiveProbabilities(ForecastPlan plan)
{
    private readonly CountList _counts = new();
    private readonly IReadOnlyList<Weighted<PurchaseModel>> _draws = plan.PurchaseDraws();

    /// <summary>P(Y &lt; y) and P(Y ≤ y) for the purchases of the horizon.</summary>
    public (double Below, double UpTo) OfPurchases(in RepeatSummary history, int purchases)
    {
        _counts.Fill(plan.Purchases, _draws, history, plan.Horizon);
        double below = 0;
        var listed = _counts.Probabilities;
        purchases = (int)(purchases / _counts.Lot);
        for (var y = 0; y < Math.Min(purchases, listed.Length); y++)
        {
            below += listed[y];
        }

        var at = purchases >= 0 && purchases < listed.Length ? listed[purchases] : 0;
        return (Math.Min(1, below), Math.Min(1, below + at));
    }

    /// <summary>P(S &lt; s) and P(S ≤ s) for the undiscounted value of the horizon: they differ at 0 only.</summary>
    public (double Below, double UpTo) OfValue(in RepeatSummary history, in SpendSummary spend, double value)
    {
        _counts.Fill(plan.Purchases, _draws, history, plan.Horizon);
        var listed = _counts.Probabilities;
        if (value <= 0)
        {
            return (0, listed[0]);
        }

        var positive = 0.0;
        if (plan.Draws.Count == 0)
        {
            positive = Positive(plan.Spend!, spend, value / plan.ValueFactor);
        }

        foreach (var draw in plan.Draws)
        {
            positive += draw.Weight * Positive(draw.Model.Spend ?? plan.Spend!, spend, value / plan.ValueFactor);
        }

        var sum = Math.Min(1, listed[0] + positive);
        return (sum, sum);
    }

    private double Positive(GammaGammaModel model, in SpendSummary spend, double value)
    {
        var (shape, rate) = model.Posterior(spend);
        var listed = _counts.Probabilities;
        double sum = 0;
        for (var y = 1; y < listed.Length; y++)
        {
            sum += listed[y] > 1e-12 ? listed[y] * SpecialFunctions.BetaRegularized(model.P * y, shape, value / _counts.Lot / (rate + value / _counts.Lot)) : 0;
        }

        return sum;
    }
}
