namespace AmoLtv.Core.Segmentation;

/// <summary>Where a relationship stands, judged by the client's own rhythm; from best to worst.</summary>
public enum LifecycleState
{
    /// <summary>Bought on one day, and is not yet slipping.</summary>
    New = 1,

    /// <summary>Bought on more than one day, and is not yet slipping.</summary>
    Active = 2,

    /// <summary>Silent for longer than <see cref="Settings.LifecycleSettings.SlippingAfterGaps"/> of its typical gaps.</summary>
    Slipping = 3,

    /// <summary>Silent for longer than <see cref="Settings.LifecycleSettings.DormantAfterGaps"/> of them.</summary>
    Dormant = 4,

    /// <summary>Silent for longer than <see cref="Settings.LifecycleSettings.LostAfterGaps"/> of them.</summary>
    Lost = 5,
}
