using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>NBD: purchases are Poisson with a rate from Gamma(r, α); nobody leaves (Ehrenberg 1959). The baseline without dropout.</summary>
/// <param name="R">Shape of the rates, &gt; 0.</param>
/// <param name="Alpha">Rate parameter of the rates, &gt; 0, in the unit of time.</param>
public sealed record NbdModel(double R, double Alpha) : PurchaseModel
{
    /// <inheritdoc/>
    public override PurchaseModelKind Kind => PurchaseModelKind.Nbd;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelParameter> Parameters => [new("r", R), new("alpha", Alpha)];

    /// <summary>The timing form; the count form adds x ln T − ln x! (<see cref="CountLogLikelihood"/>).</summary>
    public override double LogLikelihood(in RepeatSummary history) =>
        GammaFunctions.LogRising(R, history.Repeats) + R * Math.Log(Alpha) - (R + history.Repeats) * Math.Log(Alpha + history.Age);

    /// <summary>ln P(X(T) = x), ≤ 0, the likelihood of the count alone (Ehrenberg 1959); −∞ where purchases happened in no time.</summary>
    public double CountLogLikelihood(in RepeatSummary history) =>
        LogLikelihood(history) + (history.Repeats == 0 ? 0 : history.Repeats * Math.Log(history.Age) - GammaFunctions.Log(history.Repeats + 1));

    /// <inheritdoc/>
    public override double AliveProbability(in RepeatSummary history) => 1;

    /// <inheritdoc/>
    /// <remarks>Mean (r + x)/(α + T) of the customer's rate given its purchases, times the horizon.</remarks>
    public override double ExpectedIfHere(in RepeatSummary history, double horizon) => (R + history.Repeats) / (Alpha + history.Age) * horizon;

    /// <inheritdoc/>
    public override double ExpectedPurchasesOfNewCustomer(double time) => R / Alpha * time;

    /// <inheritdoc/>
    public override void FillIfHere(in RepeatSummary history, double horizon, Span<double> probabilities) =>
        NegativeBinomial.Fill(R + history.Repeats, horizon / (Alpha + history.Age + horizon), probabilities);

    /// <inheritdoc/>
    public override void FillProbabilitiesOfNewCustomer(double time, Span<double> probabilities) =>
        NegativeBinomial.Fill(R, time / (Alpha + time), probabilities);

    /// <inheritdoc/>
    public override double MedianWaitIfStaying(in RepeatSummary history) => MedianWait(R + history.Repeats, Alpha + history.Age);

    /// <inheritdoc/>
    public override (double Mean, double Deviation) CountIfStaying(in RepeatSummary history, double horizon)
    {
        var odds = horizon / (Alpha + history.Age);
        var mean = (R + history.Repeats) * odds;
        return (mean, Math.Sqrt(mean * (1 + odds)));
    }
}
