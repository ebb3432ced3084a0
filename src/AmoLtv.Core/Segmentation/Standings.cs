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
    public static IReadOnlyList<Standing> Of(IEnumerable<CustomerValuation> valuations, TierSettings settings) =>
        Of(valuations.Select(value => value.Figures), settings);

    /// <inheritdoc cref="Of(IEnumerable{CustomerValuation}, TierSettings)"/>
    public static IReadOnlyList<Standing> Of(IEnumerable<CustomerFigures> valuations, TierSettings settings)
    {
        var clients = valuations.Where(value => value.IsClient).ToArray();
        Array.Sort(clients, Compare);
        var total = clients.Sum(client => client.Value);
        var standings = new List<Standing>(clients.Length);
        var before = 0m;
        foreach (var client in clients)
        {
            var value = client.Value;
            var rank = standings.Count + 1;
            standings.Add(new Standing(
                client.Key,
                rank,
                100.0 * rank / clients.Length,
                total > 0 ? (double)(value / total) : 0,
                TierOf(value, before, total, rank, clients.Length, settings)));
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

    /// <inheritdoc cref="CustomerFigures.Value"/>
    public static decimal ValueOf(CustomerValuation client) => client.Figures.Value;

    /// <summary>The most valuable first; of those without value the ones with an LTV, the least negative first.</summary>
    private static int Compare(CustomerFigures one, CustomerFigures other)
    {
        var order = other.Value.CompareTo(one.Value);
        order = order != 0 ? order : Nullable.Compare(other.Ltv, one.Ltv);
        order = order != 0 ? order : one.Key.Id.CompareTo(other.Key.Id);
        return order != 0 ? order : one.Key.Scope.CompareTo(other.Key.Scope);
    }
}
