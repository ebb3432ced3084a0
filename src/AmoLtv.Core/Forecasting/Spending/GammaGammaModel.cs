using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>
/// Gamma-Gamma (Fader and Hardie 2013, note 025; Colombo and Jiang 1999): a purchase's value is Gamma(p, ν), ν differs between
/// customers as Gamma(q, γ). Assumes that spend does not depend on frequency.
/// </summary>
/// <param name="P">Shape of the values, &gt; 0.</param>
/// <param name="Q">Shape of ν, &gt; 0.</param>
/// <param name="Gamma">Rate parameter of ν, &gt; 0, in the currency.</param>
/// <param name="ObservedMean">Mean of the observed customers' means: the population mean where the model's is infinite or more than three times as high; null to refuse that fallback.</param>
public sealed record GammaGammaModel(double P, double Q, double Gamma, double? ObservedMean = null)
{
    private const double MostAboveObserved = 3;

    /// <summary>The parameters under their published names.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelParameter> Parameters => [new("p", P), new("q", Q), new("gamma", Gamma)];

    /// <summary>
    /// Mean value of a purchase of a customer of whom nothing is known, in the currency: pγ/(q − 1), or the observed mean where that is
    /// infinite or absurd; infinite where q ≤ 1 and there is no observed one.
    /// </summary>
    [JsonIgnore]
    public double PopulationMean
    {
        get
        {
            var mean = Q > 1 ? P * Gamma / (Q - 1) : double.PositiveInfinity;
            return ObservedMean is { } observed && !(mean <= MostAboveObserved * observed) ? observed : mean;
        }
    }

    /// <summary>ln f(mean | count), the density of a customer's mean value (note 025), for a <see cref="SpendSummary.IsPositive"/> summary.</summary>
    public double LogLikelihood(in SpendSummary spend)
    {
        var shape = P * spend.Count;
        return GammaFunctions.Log(shape + Q) - GammaFunctions.Log(shape) - GammaFunctions.Log(Q) + Q * Math.Log(Gamma)
            + (shape - 1) * Math.Log(spend.Mean) + shape * Math.Log(spend.Count) - (shape + Q) * Math.Log(Gamma + spend.Count * spend.Mean);
    }

    /// <summary>
    /// Expected value, in the currency, of the customer's next purchase (note 025, eq. 5): the own mean with weight px/(px + q − 1), the population
    /// mean with the rest; the population mean without a positive own one.
    /// </summary>
    public double ExpectedMean(in SpendSummary spend)
    {
        if (!spend.IsPositive)
        {
            return PopulationMean;
        }

        var own = P * spend.Count;
        var rest = Math.Max(Q - 1, 0);
        return rest == 0 ? spend.Mean : (own * spend.Mean + rest * PopulationMean) / (own + rest);
    }

    /// <summary>Shape q + px and rate γ + x · mean, in the currency, of the customer's ν given the observed purchases (note 025).</summary>
    public (double Shape, double Rate) Posterior(in SpendSummary spend) =>
        spend.IsPositive ? (Q + P * spend.Count, Gamma + spend.Count * spend.Mean) : (Q, Gamma);
}
