using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// A model of a customer's purchases to come, given what was observed. Times and horizons are in the unit of time of the
/// summaries it was fitted to. Every method is pure, and finite for every valid summary and every horizon ≥ 0.
/// </summary>
[JsonConverter(typeof(PurchaseModelJson))]
public abstract record PurchaseModel
{
    /// <summary>Which model it is.</summary>
    public abstract PurchaseModelKind Kind { get; }

    /// <summary>The parameters under their published names.</summary>
    public abstract IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>ln P(observed purchases), the timing form without constants that no parameter touches.</summary>
    public abstract double LogLikelihood(in RepeatSummary history);

    /// <summary>Probability, 0..1, that the relationship has not ended by the end of the observation. BG/NBD gives 1 to every customer without repeats, by construction.</summary>
    public abstract double AliveProbability(in RepeatSummary history);

    /// <summary>Expected purchase days in the <paramref name="horizon"/> after the observation, ≥ 0.</summary>
    public double ExpectedPurchases(in RepeatSummary history, double horizon) =>
        AliveProbability(history) * ExpectedIfHere(history, horizon);

    /// <summary>Expected purchase days, ≥ 0, in the horizon of a customer who is known to be still here at its start.</summary>
    public abstract double ExpectedIfHere(in RepeatSummary history, double horizon);

    /// <summary>E[X(t)]: expected repeat purchase days, ≥ 0, of a customer of whom nothing is known yet, in the time since the first purchase.</summary>
    public abstract double ExpectedPurchasesOfNewCustomer(double time);

    /// <summary>Fills P(Y = 0), P(Y = 1), … for the purchases Y in the horizon after the observation; the rest of the mass lies beyond the span, which has at least one entry.</summary>
    public void FillProbabilities(in RepeatSummary history, double horizon, Span<double> probabilities)
    {
        FillIfHere(history, horizon, probabilities);
        Thin(AliveProbability(history), probabilities);
    }

    /// <summary>As <see cref="FillProbabilities"/>, of a customer who is known to be still here at the horizon's start.</summary>
    public abstract void FillIfHere(in RepeatSummary history, double horizon, Span<double> probabilities);

    /// <summary>Fills P(X = 0), P(X = 1), … for the repeat purchases X of a new customer in the time since the first purchase; at least one entry.</summary>
    public abstract void FillProbabilitiesOfNewCustomer(double time, Span<double> probabilities);

    /// <summary>Mean and standard deviation, both ≥ 0, of the purchases if the customer stays for the whole horizon: bounds how far probabilities have to be listed.</summary>
    public abstract (double Mean, double Deviation) CountIfStaying(in RepeatSummary history, double horizon);

    /// <summary>RepeatProbability: P(at least one purchase in the horizon), 0..1.</summary>
    public double RepeatProbability(in RepeatSummary history, double horizon)
    {
        Span<double> none = stackalloc double[1];
        FillProbabilities(history, horizon, none);
        return Math.Clamp(1 - none[0], 0, 1);
    }

    /// <summary>
    /// Median of the wait, in the unit of time and possibly infinite, for the next purchase of a customer who is still here and stays
    /// until then: the rate is Gamma(r + x, α + T), so the wait is longer than t with probability ((α + T)/(α + T + t))^(r + x).
    /// </summary>
    public abstract double MedianWaitIfStaying(in RepeatSummary history);

    /// <summary>The median where that formula holds: (rate)(2^(1/shape) − 1); infinity where it is beyond all numbers.</summary>
    internal static double MedianWait(double shape, double rate) => rate * LogSpace.ExpMinusOne(Math.Log(2) / shape);

    /// <summary>From the probabilities of a customer who is here to those of one who is with probability <paramref name="here"/>, and buys nothing otherwise.</summary>
    internal static void Thin(double here, Span<double> probabilities)
    {
        for (var y = 0; y < probabilities.Length; y++)
        {
            probabilities[y] *= here;
        }

        probabilities[0] += 1 - here;
    }

    /// <summary>
    /// Expected purchases, each discounted to the end of the observation: e^(−δH) E(H) + δ ∫ e^(−δt) E(t) dt over 0..H,
    /// which is ∫ e^(−δt) dE(t) integrated by parts.
    /// </summary>
    /// <param name="history">The customer.</param>
    /// <param name="rate">Continuous discount rate δ ≥ 0 per unit of time; for weeks ln(1 + annual rate) / 52.</param>
    /// <param name="horizon">Length ≥ 0, or infinity where the rate is positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is negative, or 0 over an infinite horizon.</exception>
    public virtual double DiscountedPurchases(in RepeatSummary history, double rate, double horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        if (rate == 0)
        {
            return double.IsFinite(horizon) ? ExpectedPurchases(history, horizon) : throw new ArgumentOutOfRangeException(nameof(horizon));
        }

        var end = Math.Min(horizon, 40 / rate);
        var customer = history;
        var rule = GaussLegendre.Rule(24);
        double sum = 0;
        double from = 0;
        for (var width = Math.Min(end, Math.Max(end / 64, history.Age / 2)); from < end; from += width)
        {
            width = Math.Min(2 * width, end - from);
            sum += rule.Integrate(t => Math.Exp(-rate * t) * ExpectedPurchases(customer, t), from, from + width);
        }

        return Math.Exp(-rate * end) * ExpectedPurchases(history, end) + rate * sum;
    }
}
