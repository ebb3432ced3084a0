namespace AmoLtv.Host.Valuing;

/// <summary>The clients of one segment after a run.</summary>
/// <param name="Segmentation">tier, rfm or lifecycle.</param>
/// <param name="Segment">Its code.</param>
/// <param name="Clients">How many.</param>
/// <param name="Value">Their value, in the account's currency.</param>
internal sealed record SegmentTotal(string Segmentation, string Segment, int Clients, decimal Value);
