namespace AmoLtv.Core.Valuation;

/// <summary>Why a customer has no LTV by the formula.</summary>
public enum NoFormulaReason
{
    /// <summary>Credit notes reach the revenue.</summary>
    ReturnsExceedPurchases = 1,

    /// <summary>Everything it bought lies before the account's period.</summary>
    NoPurchasesInPeriod = 2,
}
