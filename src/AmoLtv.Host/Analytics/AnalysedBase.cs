using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Host.Analytics.Products;

namespace AmoLtv.Host.Analytics;

/// <summary>What all analyses look at: read once, never changed.</summary>
/// <param name="Account">The account.</param>
/// <param name="Clients">Companies and direct contacts with a result in force, by scope and number.</param>
/// <param name="Purchases">Of all history, credit notes too, in no order.</param>
/// <param name="LostLeads">Of the last twelve months.</param>
internal sealed record AnalysedBase(
    AnalysedAccount Account,
    IReadOnlyList<AnalysedClient> Clients,
    IReadOnlyList<AnalysedPurchase> Purchases,
    IReadOnlyList<AnalysedLostLead> LostLeads)
{
    private IReadOnlyList<NearTierClient>? _nearTiers;

    /// <summary>What the clients bought, product by product.</summary>
    public SoldProducts Sold { get; init; } = SoldProducts.None;

    /// <summary>Levels of the drivers, filled by the analysis of drivers: lists are filtered by them.</summary>
    public ClientLevels Levels { get; } = new();

    /// <summary>Clients close to the next tier, by rank.</summary>
    public IReadOnlyList<NearTierClient> NearTiers() =>
        _nearTiers ??= Core.Segmentation.NearTiers.Of([.. Clients.Select(client => client.Valuation)], Account.Settings.Tiers);

    /// <summary>What each client that ever bought adds to the base.</summary>
    public Dictionary<CustomerKey, decimal> Values() =>
        Clients.Where(client => client.FirstPurchase is not null).ToDictionary(client => client.Key, client => client.Value);

    /// <summary>The first purchase of each client by its place: the earliest day, then the lowest lead; null where there is none.</summary>
    public AnalysedPurchase?[] FirstPurchases()
    {
        var firsts = new AnalysedPurchase?[Clients.Count];
        foreach (var purchase in Purchases)
        {
            if (!purchase.IsCreditNote && (firsts[purchase.Client] is not { } first || IsBefore(purchase, first)))
            {
                firsts[purchase.Client] = purchase;
            }
        }

        return firsts;
    }

    private static bool IsBefore(AnalysedPurchase one, AnalysedPurchase other) =>
        one.Day != other.Day ? one.Day < other.Day : one.Lead.Value < other.Lead.Value;
}
