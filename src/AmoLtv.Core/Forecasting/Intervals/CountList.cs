using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>P(0), P(1), … of a customer's purchases in the horizon, in a buffer that grows and is used again.</summary>
internal sealed class CountList
{
    // Beyond so many purchases they are counted in lots: the list is made for a part of the horizon and stands for the whole.
    private const int Longest = 1 << 13;
    private const double ShortenedTo = 1 << 11;

    private double[] _mixed = new double[256];
    private double[] _one = new double[256];

    /// <summary>The listed probabilities.</summary>
    public ReadOnlySpan<double> Probabilities => _mixed.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Purchases that one entry of the list stands for: 1, more for customers who buy by the thousand.</summary>
    public double Lot { get; private set; } = 1;

    public double Alive { get; private set; }

    public double Expected { get; private set; }

    /// <summary>Lists for a customer under the plan: the mixture over its draws where it has some.</summary>
    public void Fill(ForecastPlan plan, in RepeatSummary history)
    {
        if (plan.Draws.Count == 0)
        {
            Measure(plan, history);
            Reserve();
            Alive = plan.Purchases.AliveProbability(history);
            Expected = Alive * plan.Purchases.ExpectedIfHere(history, plan.Horizon);
            plan.Purchases.FillIfHere(history, plan.Horizon / Lot, _mixed.AsSpan(0, Count));
            PurchaseModel.Thin(Alive, _mixed.AsSpan(0, Count));
            return;
        }

        FillMixture(plan, history);
    }

    private void FillMixture(ForecastPlan plan, in RepeatSummary history)
    {
        Measure(plan, history);
        Count += Count / 2;
        Reserve();
        _mixed.AsSpan(0, Count).Clear();
        (Alive, Expected) = (0, 0);
        foreach (var draw in plan.Draws)
        {
            var model = draw.Model.Purchases;
            var alive = model.AliveProbability(history);
            model.FillIfHere(history, plan.Horizon / Lot, _one.AsSpan(0, Count));
            PurchaseModel.Thin(alive, _one.AsSpan(0, Count));
            for (var y = 0; y < Count; y++)
            {
                _mixed[y] += draw.Weight * _one[y];
            }

            Alive = Math.Min(1, Alive + draw.Weight * alive);
            Expected += draw.Weight * alive * model.ExpectedIfHere(history, plan.Horizon);
        }
    }

    private void Measure(ForecastPlan plan, in RepeatSummary history)
    {
        var (mean, deviation) = plan.Purchases.CountIfStaying(history, plan.Horizon);
        var length = mean + 6 * deviation + 12;
        Lot = length <= Longest ? 1 : length / ShortenedTo;
        Count = (int)Math.Min(length, Longest);
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
