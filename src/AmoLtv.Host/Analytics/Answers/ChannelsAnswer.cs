using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Channels against what they cost, and where both come from.</summary>
/// <param name="Stamp">Of when.</param>
/// <param name="Channel">Where the channel comes from; none: the account has no channels.</param>
/// <param name="Cac">Where the cost comes from; none: it has no costs of acquiring.</param>
/// <param name="Document">What was found.</param>
internal sealed record ChannelsAnswer(AnalysisStamp Stamp, ChannelKind Channel, CacKind Cac, ChannelsDocument Document);
