namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>What is expected of one customer in the horizon.</summary>
/// <param name="ExpectedPurchases">Expected purchase days, ≥ 0.</param>
/// <param name="RepeatProbability">P(at least one), 0..1.</param>
/// <param name="AliveProbability">The model's probability that the relationship goes on, 0..1; internal.</param>
/// <param name="MeanValue">Expected value of one purchase, in the currency.</param>
/// <param name="ExpectedValue">Expected value of the horizon, discounted.</param>
/// <param name="Purchases">Smallest set of purchase numbers.</param>
/// <param name="Value">Smallest set of values, discounted.</param>
public readonly record struct CustomerForecast(
    double ExpectedPurchases,
    double RepeatProbability,
    double AliveProbability,
    double MeanValue,
    double ExpectedValue,
    PredictiveSet Purchases,
    PredictiveSet Value);
