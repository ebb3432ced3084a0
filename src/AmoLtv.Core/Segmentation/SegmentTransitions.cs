using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Segmentation;

/// <summary>What became of the base between two runs.</summary>
/// <param name="Moves">Every client of either run, by scope and id.</param>
/// <param name="Matrix">
/// The moves counted and summed, by segment from and to; those that came stand before, those that went after the others.
/// Its clients and values sum to the bases before and now.
/// </param>
public sealed record SegmentTransitions(IReadOnlyList<SegmentMove> Moves, IReadOnlyList<SegmentTransition> Matrix)
{
    /// <summary>Compares two runs, client by client.</summary>
    /// <param name="before">Places in the earlier run, one for each client; empty before the first.</param>
    /// <param name="now">Places now, cut the same way, one for each client.</param>
    /// <exception cref="ArgumentException">A client has two places in a run.</exception>
    public static SegmentTransitions Between(IEnumerable<SegmentPlace> before, IEnumerable<SegmentPlace> now)
    {
        var earlier = before.ToDictionary(place => place.Key);
        var current = now.ToDictionary(place => place.Key);
        var moves = earlier.Keys.Union(current.Keys)
            .OrderBy(key => key.Scope).ThenBy(key => key.Id)
            .Select(key => MoveOf(key, earlier, current))
            .ToList();
        var tally = new SegmentMoveTally();
        foreach (var move in moves)
        {
            tally.Add(move.From, move.To, move.ValueBefore, move.ValueNow);
        }

        return new SegmentTransitions(moves, tally.Matrix);
    }

    private static SegmentMove MoveOf(
        CustomerKey key, Dictionary<CustomerKey, SegmentPlace> earlier, Dictionary<CustomerKey, SegmentPlace> current)
    {
        var before = earlier.GetValueOrDefault(key);
        var now = current.GetValueOrDefault(key);
        return new SegmentMove(key, before.Segment, now.Segment, before.Value, now.Value);
    }
}
