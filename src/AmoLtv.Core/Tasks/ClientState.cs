using AmoLtv.Core.Segmentation;

namespace AmoLtv.Core.Tasks;

/// <summary>Where a client stands, as far as tasks go.</summary>
/// <param name="Tier">Code of its tier.</param>
/// <param name="Lifecycle">Its state.</param>
/// <param name="LastPurchase">In the account's time zone.</param>
public sealed record ClientState(string? Tier, LifecycleState? Lifecycle, DateOnly? LastPurchase);
