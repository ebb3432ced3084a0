namespace AmoLtv.Core.Purchases;

/// <summary>A purchase or credit note of a customer, as money that came or went.</summary>
/// <param name="Day">Local day.</param>
/// <param name="Amount">Above 0 for a purchase, below for a credit note.</param>
/// <param name="Cost">With the sign of the amount; null where nobody knows.</param>
public readonly record struct Movement(DateOnly Day, decimal Amount, decimal? Cost);
