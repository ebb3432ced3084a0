using AmoLtv.Core.Identity;
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
        var clients = Ranked(valuations);
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

    /// <summary>The last client of each tier, from the most valuable down; the last tier, which takes the rest, left out.</summary>
    internal static IReadOnlyList<TierBorder> BordersOf(IEnumerable<CustomerFigures> valuations, TierSettings settings)
    {
        if (settings.Rule == TierRule.Money)
        {
            return [];
        }

        var clients = Ranked(valuations);
        var total = clients.Sum(client => client.Value);
        var borders = new List<TierBorder>();
        var before = 0m;
        CustomerFigures? last = null;
        var tier = settings.Tiers[^1].Code;
        for (var rank = 1; rank <= clients.Length && clients[rank - 1] is { Value: > 0 } client; rank++)
        {
            var next = TierOf(client.Value, before, total, rank, clients.Length, settings);
            if (last is not null && next != tier)
            {
                borders.Add(TierBorder.At(tier, last));
            }

            (last, tier) = (client, next);
            before += client.Value;
        }

        if (last is not null && tier != settings.Tiers[^1].Code)
        {
            borders.Add(TierBorder.At(tier, last));
        }

        return borders;
    }

    /// <summary>The tier of a value above 0 where thresholds in money cut the base.</summary>
    internal static string TierByMoney(decimal value, TierSettings settings) =>
        settings.Tiers.First(tier => tier.Threshold is not { } least || value >= least).Code;

    private static CustomerFigures[] Ranked(IEnumerable<CustomerFigures> valuations)
    {
        var clients = valuations.Where(value => value.IsClient).ToArray();
        Array.Sort(clients, (one, other) => Compare((one.Value, one.Ltv, one.Key), (other.Value, other.Ltv, other.Key)));
        return clients;
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
    internal static int Compare((decimal Value, decimal? Ltv, CustomerKey Key) one, (decimal Value, decimal? Ltv, CustomerKey Key) other)
    {
        var order = other.Value.CompareTo(one.Value);
        order = order != 0 ? order : Nullable.Compare(other.Ltv, one.Ltv);
        order = order != 0 ? order : one.Key.Id.CompareTo(other.Key.Id);
        return order != 0 ? order : one.Key.Scope.CompareTo(other.Key.Scope);
    }
}
