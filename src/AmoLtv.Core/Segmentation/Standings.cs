using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>Ranks clients by their headline LTV and cuts them into tiers.</summary>
public static class Standings
{
    /// <summary>
    /// The clients among <paramref name="valuations"/> that ever bought, the most valuable first, ties by id.
    /// Contacts of companies have no place: their purchases are their companies'.
    /// A client without a value, or whose credit notes reach its revenue, has share 0 and the last tier.
    /// </summary>
    public static IReadOnlyList<Standing> Of(IEnumerable<CustomerValuation> valuations, TierSettings settings)
    {
        var clients = valuations
            .Where(value => value.Key.IsClient && value.HasBought)
            .OrderByDescending(ValueOf).ThenBy(value => value.Ltv is null).ThenByDescending(value => value.Ltv)
            .ThenBy(value => value.Key.Id).ThenBy(value => value.Key.Scope)
            .ToList();
        var total = clients.Sum(ValueOf);
        var standings = new List<Standing>(clients.Count);
        var before = 0m;
        foreach (var client in clients)
        {
            var value = ValueOf(client);
            var rank = standings.Count + 1;
            standings.Add(new Standing(
                client.Key,
                rank,
                100.0 * rank / clients.Count,
                total > 0 ? (double)(value / total) : 0,
                TierOf(value, before, total, rank, clients.Count, settings)));
            before += value;
        }

        return standings;
    }

    private static string TierOf(decimal value, decimal before, decimal total, int rank, int clients, TierSettings settings)
    {
        if (value > 0)
        {
            foreach (var tier in settings.Tiers)
            {
                var belongs = (settings.Rule, tier.Threshold) switch
                {
                    (_, null) => true,
                    // Multiplied, not divided: 80 % of a base is exact to the kopeck.
                    (TierRule.Share, { } percent) => before * 100 < percent * total,
                    (TierRule.Percentile, { } percent) => (rank - 1) * 100 < percent * clients,
                    (_, { } least) => value >= least,
                };
                if (belongs)
                {
                    return tier.Code;
                }
            }
        }

        return settings.Tiers[^1].Code;
    }

    /// <summary>
    /// What a client adds to the base, in the account's currency: nothing below 0, and nothing where returns reach what it
    /// bought. Every sum over segments, channels and users is a sum of it, so that they all reconcile.
    /// </summary>
    public static decimal ValueOf(CustomerValuation client) =>
        client.NoFormulaReason == NoFormulaReason.ReturnsExceedPurchases ? 0 : Math.Max(0, client.Ltv ?? 0);
}
