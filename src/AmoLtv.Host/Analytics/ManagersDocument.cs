using AmoLtv.Core.Attribution;
using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Analytics;

/// <summary>What each user won, grew and holds, by number of user. Money on the account's basis, in its currency.</summary>
/// <param name="From">First day looked at.</param>
/// <param name="To">Last day looked at.</param>
/// <param name="EarlierFrom">First day it is compared with.</param>
/// <param name="EarlierTo">Last day it is compared with.</param>
/// <param name="Managers">By value won; nobody last.</param>
internal sealed record ManagersDocument(
    DateOnly From, DateOnly To, DateOnly EarlierFrom, DateOnly EarlierTo, IReadOnlyList<ManagerResult> Managers)
{
    public static ManagersDocument Of(AnalysedBase analysed)
    {
        var period = analysed.Account.LastYear;
        var earlier = period.Earlier;
        var managers = ManagerResults.Of(
            Purchases(analysed, earlier.From), [.. analysed.Clients.Where(client => client.FirstPurchase is not null).Select(Managed)], period);
        return new ManagersDocument(period.From, period.To, earlier.From, earlier.To, managers);
    }

    private static ManagedClient Managed(AnalysedClient client) =>
        new(client.Key, client.Responsible, SegmentsDocument.StateOf(client) ?? default, client.Value);

    /// <summary>Of what lies before the days compared only the first purchase matters: it says who is no new client.</summary>
    private static IEnumerable<ManagedPurchase> Purchases(AnalysedBase analysed, DateOnly since) => analysed.Purchases
        .Where(purchase => purchase.Day >= since || purchase.Day == analysed.Clients[purchase.Client].FirstPurchase)
        .Select(purchase => new ManagedPurchase(
            analysed.Clients[purchase.Client].Key, purchase.Responsible, purchase.Day, purchase.Value, purchase.IsCreditNote));
}
