using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>
/// Where a base was cut. Each client that was in it gets the segments of the cut from them, and one that has changed since can be
/// placed without looking at the others again.
/// </summary>
/// <param name="Tiers">From the most valuable down, the last tier left out; empty where money decides, or nobody has a value.</param>
/// <param name="Rfm">Of the scores.</param>
public sealed record SegmentBorders(IReadOnlyList<TierBorder> Tiers, RfmBorders Rfm)
{
    /// <summary>Cuts the clients among <paramref name="customers"/> that ever bought.</summary>
    /// <param name="customers">Of one as-of date, in any order; contacts of companies are left out.</param>
    /// <param name="settings">Valid ones.</param>
    public static SegmentBorders Of(IEnumerable<CustomerFigures> customers, AccountSettings settings)
    {
        var clients = customers.Where(customer => customer.IsClient).ToList();
        IReadOnlyList<TierBorder> tiers = [];
        RfmBorders rfm = new([], [], []);
        Parallel.Invoke(
            () => tiers = Standings.BordersOf(clients, settings.Tiers),
            () => rfm = RfmSegmentation.Cut(clients, settings.Rfm).Borders);
        return new SegmentBorders(tiers, rfm);
    }

    /// <summary>The segments of a client, in all three ways of cutting the base.</summary>
    /// <param name="client">One that ever bought, of the as-of date of the cut.</param>
    /// <param name="settings">Those of the cut.</param>
    /// <param name="today">The account's local day; life-cycle states go by it.</param>
    /// <exception cref="InvalidOperationException">The client never bought.</exception>
    public ClientSegments SegmentsOf(CustomerFigures client, AccountSettings settings, DateOnly today) => new(
        TierOf(client, settings.Tiers),
        Rfm.ScoreOf(client),
        Lifecycle.Of(client.Relationship!.Value, today, settings.Lifecycle),
        Lifecycle.WorsensOn(client.Relationship!.Value, today, settings.Lifecycle));

    private string TierOf(CustomerFigures client, TierSettings settings)
    {
        if (client.Value <= 0)
        {
            return settings.Tiers[^1].Code;
        }

        return settings.Rule == TierRule.Money
            ? Standings.TierByMoney(client.Value, settings)
            : Tiers.FirstOrDefault(border => border.Includes(client))?.Tier ?? settings.Tiers[^1].Code;
    }
}
