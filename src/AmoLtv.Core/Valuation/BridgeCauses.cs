namespace AmoLtv.Core.Valuation;

/// <summary>What may have moved a customer's LTV since it was stored, in the order in which a bridge takes them.</summary>
[Flags]
public enum BridgeCauses
{
    None = 0,

    /// <summary>Its own purchases, credit notes and returns.</summary>
    Purchases = 1,

    /// <summary>What the admin changed, leads that count otherwise because of it included.</summary>
    Settings = 2,

    /// <summary>What is estimated from the whole base: lifetime, typical gap, margin, the forecast's parameters.</summary>
    Model = 4,

    /// <summary>A later as-of date.</summary>
    Ageing = 8,
}
