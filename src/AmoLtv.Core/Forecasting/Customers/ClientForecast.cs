using AmoLtv.Core.Forecasting.Intervals;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>What is expected of one client in the horizon.</summary>
/// <param name="ExpectedPurchases">Expected purchase days, ≥ 0.</param>
/// <param name="RepeatProbability">P(at least one), 0..1, calibrated by the backtest.</param>
/// <param name="Purchases">Smallest set of purchase numbers with the nominal probability.</param>
/// <param name="ExpectedValue">Expected value on the asked basis, discounted, in the currency; negative where the client's margin is.</param>
/// <param name="Value">Smallest set of values, as the expectation on the basis and discounted; both ends negative where the client's margin is.</param>
/// <param name="NextPurchaseDay">Day number of the median of the wait for the next purchase; null for a lost client, and beyond ten years.</param>
public readonly record struct ClientForecast(
    double ExpectedPurchases, double RepeatProbability, PredictiveSet Purchases, double ExpectedValue, PredictiveSet Value, int? NextPurchaseDay);
