namespace AmoLtv.Core.Valuation;

/// <summary>What LTV is a sum of. Revenue is never called profit.</summary>
public enum Basis
{
    Revenue = 0,
    Margin = 1,
}
