using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>What a method expects of each customer of a log in a horizon.</summary>
/// <param name="Purchases">Expected purchase days, ≥ 0, in the order of the log's customers.</param>
/// <param name="Values">Expected revenue in the currency, ≥ 0, in the same order.</param>
/// <param name="Distribution">The method's own predictive distribution, or the one that is centred on its expectations; null for a method without one.</param>
public sealed record MethodForecast(double[] Purchases, double[] Values, LearnedDistribution? Distribution = null)
{
    /// <summary>True where the distribution is another method's and has to be centred on <see cref="Purchases"/>.</summary>
    public bool IsCentred { get; init; }
}
