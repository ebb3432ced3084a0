using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>A client's segments, in all three ways of cutting a base.</summary>
/// <param name="Tier">Code of its tier.</param>
/// <param name="Rfm">Its scores and group.</param>
/// <param name="Lifecycle">Its state by the day.</param>
public readonly record struct ClientSegments(string Tier, RfmScore Rfm, LifecycleState Lifecycle)
{
    /// <summary>Cuts the clients among <paramref name="customers"/>: one entry for each, contacts of companies have none.</summary>
    /// <param name="customers">Of one as-of date, ordered by scope and id.</param>
    /// <param name="settings">Valid ones.</param>
    /// <param name="today">The account's local day; life-cycle states go by it.</param>
    public static IReadOnlyDictionary<CustomerKey, ClientSegments> Of(
        IReadOnlyCollection<CustomerFigures> customers, AccountSettings settings, DateOnly today)
    {
        var clients = customers.Where(customer => customer.IsClient).ToList();
        Dictionary<CustomerKey, string> tiers = [];
        IReadOnlyList<RfmScore> scores = [];
        Parallel.Invoke(
            () => tiers = Standings.Of(clients, settings.Tiers).ToDictionary(standing => standing.Key, standing => standing.Tier),
            () => scores = RfmSegmentation.Of(clients, settings.Rfm).Scores);
        var segments = new Dictionary<CustomerKey, ClientSegments>(clients.Count);
        for (var index = 0; index < clients.Count; index++)
        {
            var key = clients[index].Key;
            var state = Segmentation.Lifecycle.Of(clients[index].Relationship!.Value, today, settings.Lifecycle);
            segments[key] = new ClientSegments(tiers[key], scores[index], state);
        }

        return segments;
    }
}
