using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Segmentation;

/// <summary>A client's segment in one way of cutting the base.</summary>
/// <param name="Key">The client.</param>
/// <param name="Segment">Code of a tier, an RFM group or a life-cycle state.</param>
/// <param name="Value">What the client adds to the base (<see cref="Standings.ValueOf"/>), 0 or above, in the account's currency.</param>
public readonly record struct SegmentPlace(CustomerKey Key, string Segment, decimal Value);
