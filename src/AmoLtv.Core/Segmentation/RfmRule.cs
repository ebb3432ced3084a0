namespace AmoLtv.Core.Segmentation;

/// <summary>What a score of recency, frequency or monetary value was cut by.</summary>
public enum RfmRule
{
    /// <summary>By the base itself: a fifth of the clients for each score, equal values together.</summary>
    Quintiles = 0,

    /// <summary>Frequency alone, 1, 2, 3, 4 to 6, 7 and more: over 40 % of the clients have one purchase, fifths say nothing.</summary>
    FewPurchases = 1,

    /// <summary>The admin's thresholds.</summary>
    Thresholds = 2,
}
