namespace AmoLtv.Core.Products;

/// <summary>Why nothing can be said of what clients buy next.</summary>
public enum NextPurchaseRefusalReason
{
    /// <summary>Too few clients have purchases with products.</summary>
    TooFewClients,

    /// <summary>Too few of them came back for another product on a later day.</summary>
    TooFewReturns,

    /// <summary>No product has enough buyers who had not the other one yet.</summary>
    TooFewBuyers,
}
