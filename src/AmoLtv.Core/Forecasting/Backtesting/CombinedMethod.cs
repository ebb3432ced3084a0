using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>The mean of two methods' forecasts; it has no distribution of its own.</summary>
public sealed record CombinedMethod(ForecastMethod First, ForecastMethod Second) : ForecastMethod
{
    /// <summary>Stands between the names of the two.</summary>
    public const char Sign = '+';

    /// <inheritdoc/>
    public override string Name => $"{First.Name}{Sign}{Second.Name}";

    /// <inheritdoc/>
    public override LearnedMethod? Learn(PurchaseLog log, int horizonDays) =>
        First.Learn(log, horizonDays) is { } first && Second.Learn(log, horizonDays) is { } second ? new LearnedCombination(first, second) : null;

    /// <summary>The mean of two forecasts of one log.</summary>
    internal static MethodForecast Mean(MethodForecast first, MethodForecast second) => new(
        [.. first.Purchases.Zip(second.Purchases, (a, b) => (a + b) / 2)],
        [.. first.Values.Zip(second.Values, (a, b) => (a + b) / 2)]);
}
