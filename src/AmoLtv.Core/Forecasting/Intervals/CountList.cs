using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>P(0), P(1), … of a customer's purchases in the horizon, in a buffer that grows and is used again.</summary>
internal sealed class CountList
{
    // Beyond so many purchases a list says no more than its quantiles would.
    private const int Longest = 1 << 16;

    private double[] _mixed = new double[256];
    private double[] _one = new double[256];

    /// <summary>The listed probabilities.</summary>
    public ReadOnlySpan<double> Probabilities => _mixed.AsSpan(0, Count);

    public int Count { get; private set; }

    public double Alive { get; private set; }

    public double Expected { get; private set; }

    /// <summary>Lists for a customer under the plan: the mixture over its draws where it has some.</summary>
    public void Fill(ForecastPlan plan, in RepeatSummary history)
    {
        if (plan.Draws.Count == 0)
        {
            Count = LengthFor(plan.Purchases, history, plan.Horizon);
            Reserve();
            Alive = plan.Purchases.AliveProbability(history);
            Expected = Alive * plan.Purchases.ExpectedIfHere(history, plan.Horizon);
            plan.Purchases.FillIfHere(history, plan.Horizon, _mixed.AsSpan(0, Count));
            PurchaseModel.Thin(Alive, _mixed.AsSpan(0, Count));
            return;
        }

        FillMixture(plan, history);
    }

    private void FillMixture(ForecastPlan plan, in RepeatSummary history)
    {
        Count = LengthFor(plan.Purchases, history, plan.Horizon);
        Count = Math.Min(Longest, Count + Count / 2);
        Reserve();
        _mixed.AsSpan(0, Count).Clear();
        (Alive, Expected) = (0, 0);
        foreach (var draw in plan.Draws)
        {
            var model = draw.Model.Purchases;
            var alive = model.AliveProbability(history);
            model.FillIfHere(history, plan.Horizon, _one.AsSpan(0, Count));
            PurchaseModel.Thin(alive, _one.AsSpan(0, Count));
            for (var y = 0; y < Count; y++)
            {
                _mixed[y] += draw.Weight * _one[y];
            }

            Alive += draw.Weight * alive;
            Expected += draw.Weight * alive * model.ExpectedIfHere(history, plan.Horizon);
        }
    }

    private static int LengthFor(PurchaseModel model, in RepeatSummary history, double horizon)
    {
        var (mean, deviation) = model.CountIfStaying(history, horizon);
        return (int)Math.Min(Longest, mean + 6 * deviation + 12);
    }

    private void Reserve()
    {
        if (_mixed.Length < Count)
        {
            _mixed = new double[2 * Count];
            _one = new double[2 * Count];
        }
    }
}
