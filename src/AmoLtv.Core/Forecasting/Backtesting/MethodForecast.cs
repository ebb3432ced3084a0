using AmoLtv.Core.Forecasting.Intervals;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>What a method expects of each customer of a log in a horizon.</summary>
/// <param name="Purchases">Expected purchase days, ≥ 0.</param>
/// <param name="Values">Expected money, ≥ 0.</param>
/// <param name="Plan">The predictive distribution behind it; null for a method without one.</param>
public sealed record MethodForecast(double[] Purchases, double[] Values, ForecastPlan? Plan = null);
