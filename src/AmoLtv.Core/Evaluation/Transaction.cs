namespace AmoLtv.Core.Evaluation;

/// <summary>A row of a plain list of purchases.</summary>
/// <param name="Customer">Whoever bought, by any name.</param>
/// <param name="Day">When.</param>
/// <param name="Amount">For how much; what is not above 0 does not count.</param>
public readonly record struct Transaction(string Customer, DateOnly Day, decimal Amount);
