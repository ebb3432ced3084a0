namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>The mean of two methods' forecasts; the distribution is the first one's that has one.</summary>
public sealed record CombinedMethod(ForecastMethod First, ForecastMethod Second) : ForecastMethod
{
    /// <inheritdoc/>
    public override string Name => $"{First.Name}+{Second.Name}";

    /// <inheritdoc/>
    public override MethodForecast? Forecast(PurchaseLog log, int horizonDays) =>
        First.Forecast(log, horizonDays) is { } first && Second.Forecast(log, horizonDays) is { } second ? Mean(first, second) : null;

    /// <summary>The mean of two forecasts of one log.</summary>
    internal static MethodForecast Mean(MethodForecast first, MethodForecast second) => new(
        [.. first.Purchases.Zip(second.Purchases, (a, b) => (a + b) / 2)],
        [.. first.Values.Zip(second.Values, (a, b) => (a + b) / 2)],
        first.HasDistribution ? first.Plan : second.Plan) { Counts = first.HasDistribution ? first.Counts : second.Counts };
}
