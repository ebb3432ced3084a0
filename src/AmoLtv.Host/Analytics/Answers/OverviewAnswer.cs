using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>The base, or the caller's part of it. Money in the account's currency.</summary>
/// <param name="Stamp">Of when.</param>
/// <param name="Base">Clients and what they are worth.</param>
/// <param name="Historical">What they bought.</param>
/// <param name="Expected">In the horizon; null without a forecast.</param>
/// <param name="AtRisk">Slipping and dormant ones.</param>
/// <param name="Lifecycle">By state.</param>
/// <param name="Whole">What is said of the account as a whole; null for those who see their own clients alone.</param>
internal sealed record OverviewAnswer(
    AnalysisStamp Stamp,
    ClientSum Base,
    decimal Historical,
    decimal? Expected,
    ClientSum AtRisk,
    IReadOnlyList<SegmentSummary> Lifecycle,
    WholeOverview? Whole);
