namespace AmoLtv.Core.Forecasting.Series;

/// <summary>What an account sold in a month.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Revenue">In the currency; credit notes may make it negative.</param>
/// <param name="Purchases">Number of purchases, ≥ 0.</param>
public sealed record AccountMonth(DateOnly Month, double Revenue, int Purchases);
