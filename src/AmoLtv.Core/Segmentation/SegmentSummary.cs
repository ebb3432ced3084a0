namespace AmoLtv.Core.Segmentation;

/// <summary>One segment of the base.</summary>
/// <param name="Segment">Its code.</param>
/// <param name="Clients">How many are in it; 0 where the earlier run alone had some.</param>
/// <param name="Value">Their value, in the account's currency.</param>
/// <param name="ClientShare">Their share of the clients, 0 to 1.</param>
/// <param name="ValueShare">Their share of the base's value, 0 to 1; 0 in a base without value.</param>
/// <param name="ClientsChange">Clients now less clients in the earlier run; null without one.</param>
/// <param name="ValueChange">Value now less value in the earlier run; null without one.</param>
public sealed record SegmentSummary(
    string Segment, int Clients, decimal Value, double ClientShare, double ValueShare, int? ClientsChange, decimal? ValueChange)
{
    /// <summary>Each segment that has clients now or had some, the most valuable first, then by code.</summary>
    /// <param name="now">Places now.</param>
    /// <param name="before">Places in the earlier run, cut the same way; null without one.</param>
    public static IReadOnlyList<SegmentSummary> Of(IReadOnlyCollection<SegmentPlace> now, IReadOnlyCollection<SegmentPlace>? before) =>
        Of(now, before is null ? null : Count(before));

    /// <summary>The same against an earlier summary, where the places themselves were not kept.</summary>
    /// <param name="now">Places now.</param>
    /// <param name="before">Of the earlier run, cut the same way; null without one.</param>
    /// <exception cref="ArgumentException">A segment stands twice in <paramref name="before"/>.</exception>
    public static IReadOnlyList<SegmentSummary> Since(IReadOnlyCollection<SegmentPlace> now, IEnumerable<SegmentSummary>? before) =>
        Of(now, before?.Where(summary => summary.Clients > 0).ToDictionary(summary => summary.Segment, summary => (summary.Clients, summary.Value)));

    private static IReadOnlyList<SegmentSummary> Of(
        IReadOnlyCollection<SegmentPlace> now, Dictionary<string, (int Clients, decimal Value)>? earlier)
    {
        var current = Count(now);
        var value = now.Sum(place => place.Value);
        var segments = current.Keys.Union(earlier?.Keys.AsEnumerable() ?? []);
        return
        [
            .. segments
                .Select(segment => Of(segment, current.GetValueOrDefault(segment), earlier, now.Count, value))
                .OrderByDescending(summary => summary.Value).ThenBy(summary => summary.Segment, StringComparer.Ordinal),
        ];
    }

    private static SegmentSummary Of(
        string segment, (int Clients, decimal Value) now, Dictionary<string, (int Clients, decimal Value)>? earlier, int clients, decimal value)
    {
        (int Clients, decimal Value)? before = earlier is null ? null : earlier.GetValueOrDefault(segment);
        return new SegmentSummary(
            segment,
            now.Clients,
            now.Value,
            clients > 0 ? (double)now.Clients / clients : 0,
            value > 0 ? (double)(now.Value / value) : 0,
            now.Clients - before?.Clients,
            now.Value - before?.Value);
    }

    private static Dictionary<string, (int Clients, decimal Value)> Count(IEnumerable<SegmentPlace> places) => places
        .GroupBy(place => place.Segment)
        .ToDictionary(group => group.Key, group => (group.Count(), group.Sum(place => place.Value)));
}
