namespace AmoLtv.Host.Cards;

/// <summary>What the client is expected to bring in the horizon; money on the basis of the card.</summary>
/// <param name="Months">Length of the horizon, whole months; shorter than asked for where the history is.</param>
/// <param name="Low">Lower end of the interval; 0 where that is "nothing" alone.</param>
/// <param name="OrNone">Whether "nothing" belongs to the interval beside low to high.</param>
/// <param name="Probability">Of the interval, 0 to 1.</param>
/// <param name="RepeatProbability">Of at least one purchase, 0 to 1, calibrated.</param>
/// <param name="NextPurchase">Median day; null for a lost client.</param>
/// <param name="Grade">What became of clients with such a probability; null where the backtest has too few of them.</param>
public sealed record ForecastPart(
    int Months, decimal Value, decimal Low, decimal High, bool OrNone, double Probability, double Purchases, double RepeatProbability, DateOnly? NextPurchase,
    GradePart? Grade);
