using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// Pareto/NBD (Schmittlein, Morrison and Colombo 1987; Fader and Hardie's notes 008 and 009): purchases are Poisson with a
/// rate from Gamma(r, α), the time until the customer leaves is exponential with a rate from Gamma(s, β).
/// </summary>
/// <param name="R">Shape of the purchase rates, &gt; 0.</param>
/// <param name="Alpha">Rate parameter of the purchase rates, &gt; 0, in the unit of time.</param>
/// <param name="S">Shape of the rates of leaving, &gt; 0.</param>
/// <param name="Beta">Rate parameter of the rates of leaving, &gt; 0, in the unit of time.</param>
public sealed record ParetoNbdModel(double R, double Alpha, double S, double Beta) : PurchaseModel
{
    /// <inheritdoc/>
    public override PurchaseModelKind Kind => PurchaseModelKind.ParetoNbd;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelParameter> Parameters => [new("r", R), new("alpha", Alpha), new("s", S), new("beta", Beta)];

    /// <inheritdoc/>
    /// <remarks>Note 009, its integral by quadrature in place of hypergeometric functions.</remarks>
    public override double LogLikelihood(in RepeatSummary history)
    {
        var staying = LogStaying(history);
        return GammaFunctions.LogRising(R, history.Repeats) + R * Math.Log(Alpha) + S * Math.Log(Beta) + LogSpace.Add(staying, LogLeft(history));
    }

    /// <inheritdoc/>
    /// <remarks>Schmittlein, Morrison and Colombo (1987), as the share of "still here" in the likelihood.</remarks>
    public override double AliveProbability(in RepeatSummary history) => LogSpace.Sigmoid(LogStaying(history) - LogLeft(history));

    /// <inheritdoc/>
    /// <remarks>(r + x)/(α + T) · (β + T)/(s − 1) · (1 − ((β + T)/(β + T + t))^(s−1)): Schmittlein, Morrison and Colombo (1987), with its limit at s = 1.</remarks>
    public override double ExpectedIfHere(in RepeatSummary history, double horizon) =>
        (R + history.Repeats) / (Alpha + history.Age) * StayingTime(Beta + history.Age, horizon);

    /// <inheritdoc/>
    public override double ExpectedPurchasesOfNewCustomer(double time) => R / Alpha * StayingTime(Beta, time);

    /// <inheritdoc/>
    /// <remarks>Negative binomial counts mixed over the time of leaving, by quadrature.</remarks>
    public override void FillIfHere(in RepeatSummary history, double horizon, Span<double> probabilities) =>
        CountMixture.Fill(R + history.Repeats, Alpha + history.Age, S, Beta + history.Age, horizon, probabilities);

    /// <inheritdoc/>
    public override void FillProbabilitiesOfNewCustomer(double time, Span<double> probabilities) =>
        CountMixture.Fill(R, Alpha, S, Beta, time, probabilities);

    /// <inheritdoc/>
    public override double MedianWaitIfStaying(in RepeatSummary history) => MedianWait(R + history.Repeats, Alpha + history.Age);

    /// <inheritdoc/>
    public override (double Mean, double Deviation) CountIfStaying(in RepeatSummary history, double horizon)
    {
        var odds = horizon / (Alpha + history.Age);
        var mean = (R + history.Repeats) * odds;
        return (mean, Math.Sqrt(mean * (1 + odds)));
    }

    /// <summary>
    /// As in <see cref="PurchaseModel.DiscountedPurchases"/>; to infinity it is DERT (Fader, Hardie and Lee 2005, J. Marketing
    /// Research 42(4)): P(alive) (r + x)/(α + T) ∫ e^(−δu) ((β + T)/(β + T + u))^s du, by quadrature in place of Tricomi's function.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is negative, or 0 over an infinite horizon.</exception>
    public override double DiscountedPurchases(in RepeatSummary history, double rate, double horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        if (rate == 0)
        {
            return base.DiscountedPurchases(history, rate, horizon);
        }

        // u = (β + T)(e^v − 1): the integrand is smooth in v over any range.
        var here = Beta + history.Age;
        var end = LogSpace.LogOnePlus(Math.Min(horizon, 45 / rate) / here);
        var rule = GaussLegendre.Rule(32);
        var panels = (int)Math.Ceiling(Math.Max(1, end));
        double sum = 0;
        for (var i = 0; i < panels; i++)
        {
            sum += rule.Integrate(
                v => Math.Exp((1 - S) * v - rate * here * LogSpace.ExpMinusOne(v)), end * i / panels, end * (i + 1) / panels);
        }

        return AliveProbability(history) * (R + history.Repeats) / (Alpha + history.Age) * here * sum;
    }

    // ∫ (here/(here + u))^s du over the horizon: the expected time the customer stays within it.
    private double StayingTime(double here, double horizon)
    {
        var log = LogSpace.LogOnePlus(horizon / here);
        var power = (S - 1) * log;
        return Math.Abs(power) < 1e-12 ? here * log : here * -LogSpace.ExpMinusOne(-power) / (S - 1);
    }

    private double LogStaying(in RepeatSummary history) =>
        -(R + history.Repeats) * Math.Log(Alpha + history.Age) - S * Math.Log(Beta + history.Age);

    private double LogLeft(in RepeatSummary history) =>
        new ParetoIntegral(Alpha, Beta, R + history.Repeats, S).Log(history.Recency, history.Age);
}
