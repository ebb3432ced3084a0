using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>The base cut in three ways. Each sums to the base. Money in the account's currency.</summary>
/// <param name="Stamp">Of when.</param>
/// <param name="Rule">How tiers are cut.</param>
/// <param name="Definitions">Names and colours of the tiers, from the most valuable down.</param>
/// <param name="Base">Clients and what they are worth.</param>
/// <param name="PreviousRun">Run compared with; null where there was none, or for own clients alone.</param>
/// <param name="Tiers">By tier.</param>
/// <param name="Rfm">By RFM group.</param>
/// <param name="Lifecycle">By life-cycle state.</param>
/// <param name="Cells">By scores of recency and frequency.</param>
/// <param name="Moves">From segment to segment in the last recalculation that moved any; empty for own clients alone.</param>
/// <param name="NearTiers">Clients close to the next tier.</param>
internal sealed record SegmentsAnswer(
    AnalysisStamp Stamp,
    TierRule Rule,
    IReadOnlyList<TierDefinition> Definitions,
    ClientSum Base,
    long? PreviousRun,
    IReadOnlyList<SegmentSummary> Tiers,
    IReadOnlyList<SegmentSummary> Rfm,
    IReadOnlyList<SegmentSummary> Lifecycle,
    IReadOnlyList<RfmCell> Cells,
    IReadOnlyList<MovedClients> Moves,
    int NearTiers);
