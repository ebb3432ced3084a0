using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>What was learned of the value of a purchase: Gamma-Gamma, else the own mean shrunk to the base's.</summary>
public sealed record LearnedSpend
{
    // The centre of the spend model's prior: values scatter by half within a customer, customers' means by half between them.
    private const double AssumedShape = 4;

    /// <summary>The Gamma-Gamma fit, or why there is none.</summary>
    public required SpendFit Fit { get; init; }

    /// <summary>Takes over where there is no fit; null where nobody has an amount.</summary>
    public ShrunkMean? Shrunk { get; init; }

    /// <summary>Mean positive amount over all purchases of the base, 0 without one.</summary>
    public double BaseMean { get; init; }

    /// <summary>How the value of a purchase drifts; null where forecasts at earlier cuts were no better for following it.</summary>
    public SpendDrift? Drift { get; init; }

    /// <summary>Gives intervals of value their shape: the fit, or, where there is none, one with assumed scatter at the base's mean; null where nobody has an amount.</summary>
    [JsonIgnore]
    public GammaGammaModel? Model =>
        Fit.Model ?? (BaseMean > 0 ? new GammaGammaModel(AssumedShape, AssumedShape, BaseMean * (AssumedShape - 1) / AssumedShape) : null);

    /// <summary>Learns from customers' amounts: repeat purchases for Gamma-Gamma, all of them for the rest.</summary>
    public static LearnedSpend Learn(ReadOnlySpan<SpendSummary> repeats, ReadOnlySpan<SpendSummary> all)
    {
        double sum = 0;
        long count = 0;
        foreach (ref readonly var spend in all)
        {
            (sum, count) = (sum + spend.Count * spend.Mean, count + spend.Count);
        }

        var fit = SpendFitting.Fit(repeats);
        return new LearnedSpend { Fit = fit, Shrunk = fit.IsUsable ? null : ShrunkMean.Fit(all), BaseMean = count > 0 ? sum / count : 0 };
    }

    /// <summary>Expected value of the customer's next purchase, ≥ 0, in the currency.</summary>
    public double ExpectedMean(in ForecastSubject subject) =>
        Fit.Model is { } model ? model.ExpectedMean(subject.RepeatSpend) : Math.Max(0, Shrunk?.Expected(subject.Spend) ?? 0);

    /// <summary>
    /// The smallest set of revenues with a probability of <see cref="CustomerForecasting.Nominal"/>, undiscounted, centred on the method's own
    /// value of a purchase where that is not the model's; "nothing" where nobody has an amount.
    /// </summary>
    /// <param name="subject">The customer.</param>
    /// <param name="revenue">What the method expects.</param>
    /// <param name="purchases">Of so many purchases.</param>
    /// <param name="counts">Their probabilities.</param>
    /// <param name="mixture">Scratch.</param>
    internal PredictiveSet SetOf(in ForecastSubject subject, double revenue, double purchases, CountList counts, ValueMixture mixture)
    {
        if (Model is not { } model)
        {
            return new PredictiveSet(true, 0, 0, 1);
        }

        var amounts = Fit.IsUsable ? subject.RepeatSpend : subject.Spend;
        var modelled = purchases * model.ExpectedMean(amounts);
        var stretch = revenue > 0 && modelled > 0 ? Math.Clamp(revenue / modelled, 1 / LearnedDistribution.MostStretch, LearnedDistribution.MostStretch) : 1;
        return mixture.Set(counts.Probabilities, model, Fit.Draws, CustomerForecasting.Nominal, amounts, counts.Lot * stretch);
    }
}
