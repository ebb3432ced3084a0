using AmoLtv.Core.Forecasting.Intervals;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>What a method expects of each customer of a log in a horizon.</summary>
/// <param name="Purchases">Expected purchase days, ≥ 0.</param>
/// <param name="Values">Expected money, ≥ 0.</param>
/// <param name="Plan">The predictive distribution behind it in continuous time; null for a method without one.</param>
public sealed record MethodForecast(double[] Purchases, double[] Values, ForecastPlan? Plan = null)
{
    /// <summary>P(0), P(1), … of the customer at an index, all of them: the distribution of a method in discrete time; null for the others.</summary>
    public Func<int, double[]>? Counts { get; init; }

    /// <summary>True where there is a distribution behind the numbers.</summary>
    public bool HasDistribution => Plan is not null || Counts is not null;
}
