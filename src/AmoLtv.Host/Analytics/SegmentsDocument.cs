using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Analytics;

/// <summary>The base cut in three ways. Every client that ever bought stands once in each, so that each sums to the base.</summary>
/// <param name="Clients">That ever bought.</param>
/// <param name="Value">Of the base, in the account's currency.</param>
/// <param name="PreviousRun">Run it is compared with; null where there was none.</param>
/// <param name="Tiers">By tier.</param>
/// <param name="Rfm">By RFM group.</param>
/// <param name="Lifecycle">By life-cycle state.</param>
internal sealed record SegmentsDocument(
    long Run,
    int Clients,
    decimal Value,
    long? PreviousRun,
    IReadOnlyList<SegmentSummary> Tiers,
    IReadOnlyList<SegmentSummary> Rfm,
    IReadOnlyList<SegmentSummary> Lifecycle)
{
    /// <summary>Segment of clients that were not cut yet.</summary>
    private const string Unknown = "unknown";

    public static SegmentsDocument Of(AnalysedBase analysed, SegmentsDocument? before)
    {
        var clients = analysed.Clients.Where(client => client.FirstPurchase is not null).ToList();
        return new SegmentsDocument(
            analysed.Account.Run.Run.Value,
            clients.Count,
            clients.Sum(client => client.Value),
            before?.Run,
            SegmentSummary.Since(Place(client => client.Tier), before?.Tiers),
            SegmentSummary.Since(Place(client => client.RfmGroup), before?.Rfm),
            SegmentSummary.Since(Place(client => client.Lifecycle), before?.Lifecycle));

        List<SegmentPlace> Place(Func<AnalysedClient, string?> segmentOf) =>
            clients.ConvertAll(client => new SegmentPlace(client.Key, segmentOf(client) ?? Unknown, client.Value));
    }

    /// <summary>The state whose code stands in the client's row; null where there is none.</summary>
    public static LifecycleState? StateOf(AnalysedClient client) =>
        Enum.TryParse<LifecycleState>(client.Lifecycle, ignoreCase: true, out var state) ? state : null;
}
