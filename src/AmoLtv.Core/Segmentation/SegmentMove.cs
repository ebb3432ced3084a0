using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Segmentation;

/// <summary>A client between two runs.</summary>
/// <param name="Key">The client.</param>
/// <param name="From">Its segment in the earlier run; null where it was not in the base.</param>
/// <param name="To">Its segment now; null where it is no longer in the base.</param>
/// <param name="ValueBefore">Its value in the earlier run, 0 where it was not in the base; the account's currency.</param>
/// <param name="ValueNow">Its value now, 0 where it is no longer in the base.</param>
public readonly record struct SegmentMove(CustomerKey Key, string? From, string? To, decimal ValueBefore, decimal ValueNow)
{
    public bool HasMoved => From != To;
}
