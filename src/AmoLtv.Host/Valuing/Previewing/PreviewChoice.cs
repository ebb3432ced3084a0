using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>Chooses five clients that show what settings do: the same ones however the draft changes. Pure.</summary>
internal static class PreviewChoice
{
    private const int Clients = 5;

    /// <param name="valued">The account by the settings in force; where those count nothing, by the draft.</param>
    /// <param name="excluded">Leads that do not count, by the client they would belong to.</param>
    public static IReadOnlyList<(string Why, CustomerKey Key)> Of(LeadValuation valued, IReadOnlyDictionary<CustomerKey, int> excluded)
    {
        var ranked = valued.Clients.Values.Where(client => client.HasBought)
            .OrderByDescending(client => client.Figures.Value).ThenBy(client => client.Key.Scope).ThenBy(client => client.Key.Id)
            .ToList();
        var chosen = new List<(string Why, CustomerKey Key)>();
        Add("largest", ranked);
        Add("slipping", ranked.Where(client => valued.Segments[client.Key].Lifecycle == LifecycleState.Slipping));
        Add("onePurchase", ranked.Where(client => client.Purchases == 1));
        Add("excludedLeads", ranked.Where(client => excluded.ContainsKey(client.Key)).OrderByDescending(client => excluded[client.Key]));
        Add("typical", ranked.Skip(ranked.Count / 2));
        foreach (var client in ranked.Take(2 * Clients).TakeWhile(_ => chosen.Count < Clients))
        {
            Add("next", [client]);
        }

        return chosen;

        void Add(string why, IEnumerable<CustomerValuation> candidates)
        {
            if (candidates.FirstOrDefault(client => !chosen.Exists(taken => taken.Key == client.Key)) is { } client)
            {
                chosen.Add((why, client.Key));
            }
        }
    }
}
