using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Valuing;

/// <summary>A client's segments as its row holds them.</summary>
internal sealed record StoredSegments(string Tier, short Recency, short Frequency, short Monetary, string RfmGroup, string Lifecycle, DateOnly? LifecycleUntil)
{
    public static StoredSegments Of(in ClientSegments segments) => new(
        segments.Tier,
        (short)segments.Rfm.Recency,
        (short)segments.Rfm.Frequency,
        (short)segments.Rfm.Monetary,
        SegmentCodes.Of(segments.Rfm.Group),
        SegmentCodes.Of(segments.Lifecycle),
        segments.LifecycleUntil);
}
