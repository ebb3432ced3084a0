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
        var counted = purchases.Where(purchase => purchase.Client.IsClient).ToList();
        var won = counted.FindAll(purchase => period.Contains(purchase.Day)).ToLookup(purchase => purchase.Responsible);
        var changes = counted.GroupBy(purchase => purchase.Client).ToDictionary(group => group.Key, group => ClientChange.Of(group, period));
        var owned = clients.Where(client => client.Key.IsClient).ToDictionary(client => client.Key).Values.ToLookup(client => client.Responsible);
        var users = won.Select(group => group.Key).Union(owned.Select(group => group.Key));
        return
        [
            .. users
                .Select(user => new ManagerResult(user, Wins([.. won[user]]), Growth(owned[user], changes), Holdings([.. owned[user]])))
                .OrderByDescending(result => result.Won.Value)
                .ThenBy(result => result.User is null).ThenBy(result => result.User?.Value),
        ];
    }

    private static ManagerWins Wins(List<ManagedPurchase> purchases) =>
        new(purchases.Count(purchase => !purchase.IsCreditNote), purchases.Sum(purchase => purchase.Value));

    private static ManagerGrowth Growth(IEnumerable<ManagedClient> clients, Dictionary<CustomerKey, ClientChange> changes)
    {
        var own = clients.Select(client => changes.GetValueOrDefault(client.Key)).ToList();
        return new ManagerGrowth(
            own.Sum(change => change.Value),
            own.Sum(change => change.EarlierValue),
            own.Where(change => change.IsNew).Sum(change => change.Value),
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

    private readonly record struct ClientChange(decimal Value, decimal EarlierValue, bool IsNew)
    {
        public static ClientChange Of(IEnumerable<ManagedPurchase> purchases, Period period)
        {
            var (value, earlierValue) = (0m, 0m);
            DateOnly? first = null;
            var earlier = period.Earlier;
            foreach (var purchase in purchases)
            {
                value += period.Contains(purchase.Day) ? purchase.Value : 0;
                earlierValue += earlier.Contains(purchase.Day) ? purchase.Value : 0;
                first = purchase.IsCreditNote || first < purchase.Day ? first : purchase.Day;
            }

            return new ClientChange(value, earlierValue, first is { } day && period.Contains(day));
        }
    }
}
