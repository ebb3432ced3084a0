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
    internal static MethodForecast Mean(MethodForecast first, MethodForecast second) =>
        new(Mean(first.Purchases, second.Purchases), Mean(first.Values, second.Values));

    /// <summary>The mean of two lists of one length, entry by entry.</summary>
    internal static double[] Mean(double[] first, double[] second)
    {
        var mean = new double[first.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = (first[i] + second[i]) / 2;
        }

        return mean;
    }
}
