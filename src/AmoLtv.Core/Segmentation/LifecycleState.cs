namespace AmoLtv.Core.Segmentation;

/// <summary>Where a relationship stands, judged by the client's own rhythm; from best to worst.</summary>
public enum LifecycleState
{
    /// <summary>Bought on one day, and is not yet slipping.</summary>
    New = 1,
    Active = 2,
    Slipping = 3,
    Dormant = 4,
    Lost = 5,
}
