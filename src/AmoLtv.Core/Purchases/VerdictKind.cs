namespace AmoLtv.Core.Purchases;

/// <summary>What a lead is to the numbers.</summary>
public enum VerdictKind
{
    Excluded = 0,
    Purchase = 1,
    CreditNote = 2,
}
