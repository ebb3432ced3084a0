namespace AmoLtv.Core.Segmentation;

/// <summary>The eleven groups of clients by their scores of recency and frequency, each 1 (worst) to 5 (best): see <see cref="RfmGroups.Of"/>.</summary>
public enum RfmGroup
{
    /// <summary>Recency 5, frequency 4 or 5.</summary>
    Champions = 1,

    /// <summary>Recency 3 or 4, frequency 4 or 5.</summary>
    Loyal = 2,

    /// <summary>Recency 4 or 5, frequency 2 or 3.</summary>
    PotentialLoyalists = 3,

    /// <summary>Recency 5, frequency 1.</summary>
    New = 4,

    /// <summary>Recency 4, frequency 1.</summary>
    Promising = 5,

    /// <summary>Recency 3, frequency 3.</summary>
    NeedAttention = 6,

    /// <summary>Recency 3, frequency 1 or 2.</summary>
    AboutToSleep = 7,

    /// <summary>Recency 2, frequency 3 to 5.</summary>
    AtRisk = 8,

    /// <summary>Recency 1, frequency 4 or 5.</summary>
    CantLose = 9,

    /// <summary>Recency 2 with frequency 1 or 2, or recency 1 with frequency 3.</summary>
    Hibernating = 10,

    /// <summary>Recency 1, frequency 1 or 2.</summary>
    Lost = 11,
}
