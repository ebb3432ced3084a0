namespace AmoLtv.Core.Attribution;

/// <summary>Two sums between which a number is believed to lie, in the account's currency; low is at most high.</summary>
public readonly record struct MoneyInterval(decimal Low, decimal High);
