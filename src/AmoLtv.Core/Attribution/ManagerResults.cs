using System.Runtime.InteropServices;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;

namespace AmoLtv.Core.Attribution;

/// <summary>What each user of the account won, grew and holds.</summary>
public static class ManagerResults
{
    /// <summary>
    /// One row for each user with a won lead in the period, or with clients; by value won, then by user, nobody last.
    /// Won sums to the purchases of the period, holdings to the value of the base. A purchase of a client that is not
    /// among <paramref name="clients"/> grows nobody's clients. The order of rows given does not matter.
    /// </summary>
    /// <param name="purchases">Of all history: the first purchase decides who is new. Contacts of companies are left out.</param>
    /// <param name="clients">The account's clients, each once.</param>
    /// <param name="period">The days looked at.</param>
    /// <exception cref="ArgumentException">A client stands twice.</exception>
    public static IReadOnlyList<ManagerResult> Of(
        IEnumerable<ManagedPurchase> purchases, IReadOnlyCollection<ManagedClient> clients, Period period)
    {
        var changes = new Dictionary<CustomerKey, ClientChange>(clients.Count);
        var (counted, earlier) = (new List<ManagedPurchase>(), period.Earlier);
        foreach (var purchase in purchases.Where(purchase => purchase.Client.IsClient))
        {
            ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(changes, purchase.Client, out _);
            change = change.With(purchase, period, earlier);
            if (period.Contains(purchase.Day))
            {
                counted.Add(purchase);
            }
        }

        var won = counted.ToLookup(purchase => purchase.Responsible);
        var owned = clients.Where(client => client.Key.IsClient).ToDictionary(client => client.Key).Values.ToLookup(client => client.Responsible);
        var users = won.Select(group => group.Key).Union(owned.Select(group => group.Key));
        return
        [
            .. users
                .Select(user => new ManagerResult(user, Wins([.. won[user]]), Growth(owned[user], changes, period), Holdings([.. owned[user]])))
                .OrderByDescending(result => result.Won.Value)
                .ThenBy(result => result.User is null).ThenBy(result => result.User?.Value),
        ];
    }

    private static ManagerWins Wins(List<ManagedPurchase> purchases) =>
        new(purchases.Count(purchase => !purchase.IsCreditNote), purchases.Sum(purchase => purchase.Value));

    private static ManagerGrowth Growth(IEnumerable<ManagedClient> clients, Dictionary<CustomerKey, ClientChange> changes, Period period)
    {
        var own = clients.Select(client => changes.GetValueOrDefault(client.Key)).ToList();
        return new ManagerGrowth(
            own.Sum(change => change.Value),
            own.Sum(change => change.EarlierValue),
            own.Where(change => change.First is { } first && period.Contains(first)).Sum(change => change.Value),
            own.Count(change => change.Value > change.EarlierValue),
            own.Count(change => change.Value < change.EarlierValue));
    }

    private static ManagerHoldings Holdings(List<ManagedClient> clients)
    {
        var active = clients.FindAll(client => client.State is LifecycleState.New or LifecycleState.Active);
        var slipping = clients.FindAll(client => client.State is LifecycleState.Slipping or LifecycleState.Dormant);
        return new ManagerHoldings(
            clients.Count, clients.Sum(ValueOf), active.Count, active.Sum(ValueOf), slipping.Count, slipping.Sum(ValueOf));
    }

    private static decimal ValueOf(ManagedClient client) => client.Value;

    /// <param name="Value">Of the period.</param>
    /// <param name="EarlierValue">Of the period before.</param>
    /// <param name="First">Day of the first purchase ever; null before any.</param>
    private readonly record struct ClientChange(decimal Value, decimal EarlierValue, DateOnly? First)
    {
        public ClientChange With(ManagedPurchase purchase, Period period, Period earlier) => new(
            Value + (period.Contains(purchase.Day) ? purchase.Value : 0),
            EarlierValue + (earlier.Contains(purchase.Day) ? purchase.Value : 0),
            purchase.IsCreditNote || First < purchase.Day ? First : purchase.Day);
    }
}
