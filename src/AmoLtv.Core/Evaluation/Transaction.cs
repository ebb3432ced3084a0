namespace AmoLtv.Core.Evaluation;

/// <summary>A row of a plain list of purchases: every row is a purchase event.</summary>
/// <param name="Customer">Whoever bought, by any name.</param>
/// <param name="Day">When.</param>
/// <param name="Amount">For how much. Null is not known: as 0, it counts for timing and is left out of the model of money. Below 0 it also takes off the revenue.</param>
public readonly record struct Transaction(string Customer, DateOnly Day, decimal? Amount);
