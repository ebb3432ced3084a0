namespace AmoLtv.Core.Segmentation;

/// <summary>The eleven groups of clients by recency and frequency.</summary>
public enum RfmGroup
{
    Champions = 1,
    Loyal = 2,
    PotentialLoyalists = 3,
    New = 4,
    Promising = 5,
    NeedAttention = 6,
    AboutToSleep = 7,
    AtRisk = 8,
    CantLose = 9,
    Hibernating = 10,
    Lost = 11,
}
