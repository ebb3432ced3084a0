namespace AmoLtv.Core.Segmentation;

/// <summary>Stable names of groups and states, as fields of the CRM, JSON and stored rows carry them.</summary>
public static class SegmentCodes
{
    /// <summary>Name of a group, in camel case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such group.</exception>
    public static string Of(RfmGroup group) => group switch
    {
        RfmGroup.Champions => "champions",
        RfmGroup.Loyal => "loyal",
        RfmGroup.PotentialLoyalists => "potentialLoyalists",
        RfmGroup.New => "new",
        RfmGroup.Promising => "promising",
        RfmGroup.NeedAttention => "needAttention",
        RfmGroup.AboutToSleep => "aboutToSleep",
        RfmGroup.AtRisk => "atRisk",
        RfmGroup.CantLose => "cantLose",
        RfmGroup.Hibernating => "hibernating",
        RfmGroup.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "There is no such group."),
    };

    /// <summary>Name of a state, in camel case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state.</exception>
    public static string Of(LifecycleState state) => state switch
    {
        LifecycleState.New => "new",
        LifecycleState.Active => "active",
        LifecycleState.Slipping => "slipping",
        LifecycleState.Dormant => "dormant",
        LifecycleState.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };
}
