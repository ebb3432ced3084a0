using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>From where to where clients moved between the results in force and the new ones, those who stayed included. Pure.</summary>
internal sealed class SegmentChanges
{
    private readonly Dictionary<string, SegmentMoveTally> _tallies = new(StringComparer.Ordinal)
    {
        ["tier"] = new(),
        ["rfm"] = new(),
        ["lifecycle"] = new(),
    };

    private SegmentChanges()
    {
    }

    /// <param name="input">With all results in force, or with those of the valued customers and the totals of all.</param>
    /// <param name="customers">As valued now.</param>
    /// <param name="segments">Their segments; null for one that is no client.</param>
    /// <returns>By tier, rfm and lifecycle; empty where nobody knows where clients come from.</returns>
    public static Dictionary<string, IReadOnlyList<SegmentTransition>> Of(
        RevaluationInput input, CustomerFigures[] customers, StoredSegments?[] segments)
    {
        if (input.Before is { Rates: null })
        {
            return [];
        }

        var changes = new SegmentChanges();
        foreach (var total in input.SegmentsBefore)
        {
            changes._tallies[total.Segmentation].AddStayed(total.Segment, total.Clients, total.Value);
        }

        var gone = input.Stored.Keys.ToHashSet();
        for (var index = 0; index < customers.Length; index++)
        {
            gone.Remove(customers[index].Key);
            changes.Add(input, input.Stored.GetValueOrDefault(customers[index].Key), segments[index], customers[index].Value);
        }

        foreach (var key in gone)
        {
            changes.Add(input, input.Stored[key], to: null, now: 0);
        }

        return changes._tallies.ToDictionary(entry => entry.Key, entry => entry.Value.Matrix, StringComparer.Ordinal);
    }

    private void Add(RevaluationInput input, StoredResult? stored, StoredSegments? to, decimal now)
    {
        var from = stored?.Segments;
        if (from is null && to is null)
        {
            return;
        }

        Add("tier", from?.Tier, to?.Tier);
        Add("rfm", from?.RfmGroup, to?.RfmGroup);
        Add("lifecycle", from?.Lifecycle, to?.Lifecycle);

        void Add(string segmentation, string? before, string? after)
        {
            var value = before is null ? 0 : stored!.Figures.Value;
            if (before is not null && !input.IsWhole)
            {
                // The totals of all hold it as one that stayed.
                _tallies[segmentation].AddStayed(before, -1, -value);
            }

            _tallies[segmentation].Add(before, after, value, after is null ? 0 : now);
        }
    }
}
