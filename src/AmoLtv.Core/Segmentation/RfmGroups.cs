namespace AmoLtv.Core.Segmentation;

/// <summary>Which scores make which group.</summary>
public static class RfmGroups
{
    /// <summary>The group of a client with these scores of recency and frequency, each 1 to 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A score is not 1 to 5.</exception>
    public static RfmGroup Of(int recency, int frequency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recency, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recency, 5);
        ArgumentOutOfRangeException.ThrowIfLessThan(frequency, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frequency, 5);
        return (recency, frequency) switch
        {
            (5, >= 4) => RfmGroup.Champions,
            ( >= 3, >= 4) => RfmGroup.Loyal,
            (2, >= 3) => RfmGroup.AtRisk,
            (1, >= 4) => RfmGroup.CantLose,
            (3, 3) => RfmGroup.NeedAttention,
            (3, _) => RfmGroup.AboutToSleep,
            ( >= 4, >= 2) => RfmGroup.PotentialLoyalists,
            (5, _) => RfmGroup.New,
            (4, _) => RfmGroup.Promising,
            (2, _) or (1, 3) => RfmGroup.Hibernating,
            _ => RfmGroup.Lost,
        };
    }
}
