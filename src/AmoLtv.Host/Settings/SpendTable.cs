using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Settings;

/// <summary>What channels cost, as it is entered.</summary>
/// <param name="Items">By channel, then month.</param>
/// <param name="Channels">Channels that purchases have; some may have no spend yet.</param>
public sealed record SpendTable(IReadOnlyList<ChannelSpend> Items, IReadOnlyList<CatalogChannel> Channels);
