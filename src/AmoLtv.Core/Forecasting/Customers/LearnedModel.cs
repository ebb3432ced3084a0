using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>A fitted purchase model; of a small base with the draws of its parameters, whose mean is then the expectation.</summary>
/// <param name="Fit">A fit that <see cref="PurchaseFit.IsUsable">is usable</see>: with another every forecast is an <see cref="InvalidOperationException"/>.</param>
public sealed record LearnedModel(PurchaseFit Fit) : LearnedDistribution
{
    private const double Precision = 1e-7;
    private const int MostSteps = 40;
    private const double LongestWait = 3652.5;

    // Nodes of the rule for the discount: the expectation is smooth in the root of time.
    private const int DiscountNodes = 12;

    private PurchaseModel Model => Fit.Model ?? throw new InvalidOperationException("There is no model to forecast with.");

    /// <inheritdoc/>
    public override double Purchases(in ForecastSubject subject, in ForecastWindow window)
    {
        var history = subject.History(window.AsOfDay);
        return Expected(history, window.Length, stackalloc double[Fit.Draws.Count], false);
    }

    /// <summary>As in <see cref="PurchaseModel.DiscountedPurchases"/>, over the undiscounted: e^(−δ) + δ ∫ e^(−δu) E(uH)/E(H) du over 0..1.</summary>
    public override double DiscountedPart(in ForecastSubject subject, in ForecastWindow window, double discount)
    {
        if (discount <= 0)
        {
            return 1;
        }

        var history = subject.History(window.AsOfDay);
        var whole = Model.ExpectedIfHere(history, window.Length);
        var rule = Numerics.GaussLegendre.Rule(DiscountNodes);
        double sum = 0;
        for (var i = 0; i < DiscountNodes; i++)
        {
            var root = rule.Nodes[i];
            sum += rule.Weights[i] * 2 * root * Math.Exp(-discount * root * root) * Model.ExpectedIfHere(history, window.Length * root * root);
        }

        return whole > 0 ? Math.Exp(-discount) + discount * sum / whole : 1;
    }

    /// <inheritdoc/>
    public override double RepeatProbability(in ForecastSubject subject, in ForecastWindow window, double? mean)
    {
        var history = subject.History(window.AsOfDay);
        var (horizon, lift) = Centre(history, window.Length, mean);
        Span<double> none = stackalloc double[1];
        if (Fit.Draws.Count == 0)
        {
            Model.FillIfHere(history, horizon, none);
            return Math.Clamp(Lifted(Model.AliveProbability(history), lift) * (1 - none[0]), 0, 1);
        }

        double probability = 0;
        foreach (var draw in Fit.Draws)
        {
            draw.Model.FillIfHere(history, horizon, none);
            probability += draw.Weight * Lifted(draw.Model.AliveProbability(history), lift) * (1 - none[0]);
        }

        return Math.Clamp(probability, 0, 1);
    }

    /// <inheritdoc/>
    public override int? NextPurchaseDay(in ForecastSubject subject, int asOfDay)
    {
        var history = subject.History(asOfDay);
        var days = Model.MedianWaitIfStaying(history) * ForecastWindow.DaysPerUnit;
        return days <= LongestWait ? asOfDay + Math.Max(1, (int)Math.Ceiling(days)) : null;
    }

    /// <inheritdoc/>
    internal override void List(CountList counts, in ForecastSubject subject, in ForecastWindow window, double? mean)
    {
        var history = subject.History(window.AsOfDay);
        var (horizon, lift) = Centre(history, window.Length, mean);
        counts.Fill(Model, Fit.Draws, history, horizon, lift);
    }

    private static double Lifted(double alive, double lift) => alive + lift * (1 - alive);

    // The horizon at which the model expects the mean: in logarithms the expectation is nearly a line of slope 1 that bends down, so
    // steps of that slope stay on one side, and the secant's slope after them is soon exact.
    private (double Horizon, double Lift) Centre(in RepeatSummary history, double length, double? mean)
    {
        if (mean is not { } wanted)
        {
            return (length, 0);
        }

        var (low, high) = (Math.Log(length / MostStretch), Math.Log(length * MostStretch));
        if (!(wanted > 0))
        {
            return (Math.Exp(low), 0);
        }

        Span<double> alive = stackalloc double[Fit.Draws.Count];
        var (at, slope, isKnown) = (Math.Log(length), 1.0, false);
        var miss = Math.Log(wanted / Expected(history, length, alive, false));
        for (var step = 0; step < MostSteps && Math.Abs(miss) > Precision; step++)
        {
            var next = Math.Clamp(at + miss / slope, low, high);
            if (next == at)
            {
                break;
            }

            var missed = Math.Log(wanted / Expected(history, Math.Exp(next), alive, true));
            if ((next == high && missed > 0) || (next == low && missed < 0))
            {
                (at, miss, isKnown) = (next, missed, true);
                break;
            }

            slope = Math.Clamp((miss - missed) / (next - at), 0.02, 1);
            (at, miss, isKnown) = (next, missed, true);
        }

        return miss > Precision && isKnown ? (Math.Exp(high), Lift(history, Math.Exp(high), wanted, alive)) : (Math.Exp(at), 0);
    }

    // How much of the chance of being gone is taken back, 0..1.
    private double Lift(in RepeatSummary history, double horizon, double wanted, Span<double> alive)
    {
        var own = Expected(history, horizon, alive, false);
        alive.Fill(1);
        var here = Fit.Draws.Count == 0 ? Model.ExpectedIfHere(history, horizon) : Expected(history, horizon, alive, true);
        return here > own ? Math.Clamp((wanted - own) / (here - own), 0, 1) : 0;
    }

    private double Expected(in RepeatSummary history, double horizon, Span<double> alive, bool isAliveKnown)
    {
        if (Fit.Draws.Count == 0)
        {
            return Model.ExpectedPurchases(history, horizon);
        }

        double sum = 0;
        for (var d = 0; d < alive.Length; d++)
        {
            var draw = Fit.Draws[d];
            alive[d] = isAliveKnown ? alive[d] : draw.Model.AliveProbability(history);
            sum += draw.Weight * alive[d] * draw.Model.ExpectedIfHere(history, horizon);
        }

        return sum;
    }
}
