namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>Contracts that ended alike.</summary>
/// <param name="Renewals">The renewal at which they were lost, 1 for the first; or the renewals survived so far, ≥ 0.</param>
/// <param name="IsLost">True where they were lost.</param>
/// <param name="Count">How many, ≥ 0.</param>
public readonly record struct RenewalCount(int Renewals, bool IsLost, double Count);
