namespace AmoLtv.Core.Segmentation;

/// <summary>A client's segments, in all three ways of cutting a base.</summary>
/// <param name="Tier">Code of its tier.</param>
/// <param name="Rfm">Its scores and group.</param>
/// <param name="Lifecycle">Its state by the day.</param>
/// <param name="LifecycleUntil">Day on which the state is worse if the client stays silent; null: never.</param>
public readonly record struct ClientSegments(string Tier, RfmScore Rfm, LifecycleState Lifecycle, DateOnly? LifecycleUntil);
