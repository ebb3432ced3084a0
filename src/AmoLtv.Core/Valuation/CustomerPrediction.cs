using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Valuation;

/// <summary>
/// What a customer is expected to bring in the horizon, as it is stored and shown: money to the kopeck, probabilities and counts
/// to six decimals, so that numbers which nobody can tell apart are the same.
/// </summary>
public sealed record CustomerPrediction
{
    private const int Decimals = 6;

    /// <summary>Expected purchase days, 0 or above.</summary>
    public required double Purchases { get; init; }

    /// <summary>Lower end of the interval of purchase days; 0 where it is "none" alone.</summary>
    public required int PurchasesLow { get; init; }

    /// <summary>Upper end; 0 where it is "none" alone.</summary>
    public required int PurchasesHigh { get; init; }

    /// <summary>Whether "no purchase" belongs to the interval.</summary>
    public required bool IsNoPurchaseLikely { get; init; }

    /// <summary>Probability of at least one purchase, 0 to 1.</summary>
    public required double RepeatProbability { get; init; }

    /// <summary>PredictedLtv: expected value on the account's basis, discounted, in its currency.</summary>
    public required decimal Value { get; init; }

    /// <summary>Lower end of the interval of values; 0 where it is "nothing" alone.</summary>
    public required decimal ValueLow { get; init; }

    /// <summary>Upper end; 0 where it is "nothing" alone.</summary>
    public required decimal ValueHigh { get; init; }

    /// <summary>Whether "nothing" belongs to the interval beside low to high.</summary>
    public required bool IsNoValueLikely { get; init; }

    /// <summary>Probability that the interval of values holds, 0.8 to 1.</summary>
    public required double ValueProbability { get; init; }

    /// <summary>Median predicted day of the next purchase; null for a lost customer, and beyond ten years.</summary>
    public DateOnly? NextPurchase { get; init; }

    /// <summary>Rounds a forecast for storing; a value beyond <see cref="Money.Largest"/> stands as that.</summary>
    /// <exception cref="OverflowException">A value is not a number.</exception>
    public static CustomerPrediction Of(in ClientForecast forecast) => new()
    {
        Purchases = Math.Round(forecast.ExpectedPurchases, Decimals),
        PurchasesLow = (int)Math.Min(forecast.Purchases.Low, int.MaxValue),
        PurchasesHigh = (int)Math.Min(forecast.Purchases.High, int.MaxValue),
        IsNoPurchaseLikely = forecast.Purchases.IncludesZero,
        RepeatProbability = Math.Round(forecast.RepeatProbability, Decimals),
        Value = Money.FromDouble(forecast.ExpectedValue),
        ValueLow = Money.FromDouble(forecast.Value.Low),
        ValueHigh = Money.FromDouble(forecast.Value.High),
        IsNoValueLikely = forecast.Value.IncludesZero,
        ValueProbability = Math.Round(forecast.Value.Probability, Decimals),
        NextPurchase = forecast.NextPurchaseDay is { } day ? DateOnly.FromDayNumber(day) : null,
    };
}
