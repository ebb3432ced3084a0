namespace AmoLtv.Core.Valuation;

/// <summary>What LTV is a sum of. Revenue is never called profit.</summary>
public enum Basis
{
    /// <summary>Amounts, credit notes taken off.</summary>
    Revenue = 0,

    /// <summary>Amounts less their cost: gross profit.</summary>
    Margin = 1,
}
