namespace AmoLtv.Core.Valuation;

/// <summary>What is estimated from the whole base and lent to each customer; kept for a large base until enough has changed.</summary>
/// <param name="Gap">Typical gap for customers without one of their own.</param>
/// <param name="Lifetime">Expected lifetime.</param>
/// <param name="Margin">Basis and margin of the rest.</param>
public sealed record EstimatedRates(TypicalGap Gap, CustomerLifetime Lifetime, MarginRates Margin);
