using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>
/// The three ways of cutting a base, in one form. Each client that ever bought has one place in each of them,
/// so the values of the places sum to the value of the base in all three.
/// </summary>
public static class SegmentPlaces
{
    /// <summary>Places by tier, in the order of scope and id.</summary>
    /// <param name="valuations">The account's; contacts of companies are left out.</param>
    /// <param name="settings">Valid ones.</param>
    /// <exception cref="ArgumentException">A client stands twice.</exception>
    public static IReadOnlyList<SegmentPlace> ByTier(IReadOnlyCollection<CustomerValuation> valuations, TierSettings settings)
    {
        var tiers = Standings.Of(valuations, settings).ToDictionary(standing => standing.Key, standing => standing.Tier);
        return Place(valuations, client => tiers[client.Key]);
    }

    /// <summary>Places by RFM group, in the order of scope and id.</summary>
    /// <param name="valuations">The account's; contacts of companies are left out.</param>
    /// <param name="settings">Valid ones.</param>
    /// <exception cref="ArgumentException">A client stands twice.</exception>
    public static IReadOnlyList<SegmentPlace> ByRfm(IReadOnlyCollection<CustomerValuation> valuations, RfmSettings settings)
    {
        var groups = RfmSegmentation.Of(valuations, settings).Scores.ToDictionary(score => score.Key, score => SegmentCodes.Of(score.Group));
        return Place(valuations, client => groups[client.Key]);
    }

    /// <summary>Places by life-cycle state on the day, in the order of scope and id.</summary>
    /// <param name="valuations">The account's; contacts of companies are left out.</param>
    /// <param name="today">The account's local day.</param>
    /// <param name="settings">Valid ones.</param>
    public static IReadOnlyList<SegmentPlace> ByLifecycle(
        IReadOnlyCollection<CustomerValuation> valuations, DateOnly today, LifecycleSettings settings) =>
        Place(valuations, client => SegmentCodes.Of(Lifecycle.Of(client.Relationship!.Value, today, settings)));

    private static List<SegmentPlace> Place(IEnumerable<CustomerValuation> valuations, Func<CustomerValuation, string> segmentOf) =>
    [
        .. valuations
            .Where(value => value.Key.IsClient && value.HasBought)
            .OrderBy(value => value.Key.Scope).ThenBy(value => value.Key.Id)
            .Select(client => new SegmentPlace(client.Key, segmentOf(client), Standings.ValueOf(client))),
    ];
}
