using AmoLtv.Core.Attribution;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Analytics;

/// <summary>Channels against what they cost. Money in the account's currency.</summary>
/// <param name="TargetRatio">LTV wanted for each unit of CAC.</param>
/// <param name="Channels">The most valuable first, clients without a channel last.</param>
internal sealed record ChannelsDocument(decimal TargetRatio, IReadOnlyList<ChannelResult> Channels)
{
    public static ChannelsDocument Of(AnalysedBase analysed)
    {
        var (settings, spend) = (analysed.Account.Settings.Cac, analysed.Account.Spend);
        return new ChannelsDocument(settings.TargetRatio, ChannelResults.Of(
            analysed.Clients.Select(client => client.Valuation), settings.Kind == CacKind.ChannelTable ? spend : [], settings.TargetRatio));
    }
}
