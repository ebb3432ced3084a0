using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Analytics;

/// <summary>The base as a whole. Money in the account's currency, on its basis unless said otherwise.</summary>
/// <param name="Numbers">The account's numbers, with the reconciliation.</param>
/// <param name="HorizonMonths">How far ahead is looked.</param>
/// <param name="Base">Clients that ever bought, and the value of the base.</param>
/// <param name="ListedPurchases">Purchases summed over those clients, to hold against the account's.</param>
/// <param name="ListedRevenue">Revenue of those clients, to hold against the account's.</param>
/// <param name="Expected">Expected in the horizon, over all of them; null without a forecast.</param>
/// <param name="ClientsWithForecast">How many have one.</param>
/// <param name="AtRisk">Slipping and dormant ones.</param>
/// <param name="LastYear">What was bought in the last twelve months.</param>
/// <param name="YearBefore">In the twelve before.</param>
/// <param name="NewClients">Whose first purchase lies in the last twelve months.</param>
/// <param name="NewClientsBefore">In the twelve before.</param>
internal sealed record OverviewDocument(
    AccountValuation Numbers,
    int HorizonMonths,
    ClientSum Base,
    int ListedPurchases,
    decimal ListedRevenue,
    decimal? Expected,
    int ClientsWithForecast,
    ClientSum AtRisk,
    decimal LastYear,
    decimal YearBefore,
    int NewClients,
    int NewClientsBefore)
{
    public static OverviewDocument Of(AnalysedBase analysed)
    {
        var clients = analysed.Clients.Where(client => client.FirstPurchase is not null).ToList();
        var (period, earlier) = (analysed.Account.LastYear, analysed.Account.LastYear.Earlier);
        var forecast = clients.FindAll(client => client.ExpectedValue is not null);
        return new OverviewDocument(
            analysed.Account.Numbers,
            analysed.Account.Settings.HorizonMonths,
            ClientSum.Of(clients),
            clients.Sum(client => client.Valuation.Purchases),
            clients.Sum(client => client.Valuation.Revenue),
            forecast.Count > 0 ? forecast.Sum(client => client.ExpectedValue!.Value) : null,
            forecast.Count,
            ClientSum.Of(clients.Where(client => SegmentsDocument.StateOf(client) is LifecycleState.Slipping or LifecycleState.Dormant)),
            Money.Round(analysed.Purchases.Where(purchase => period.Contains(purchase.Day)).Sum(purchase => purchase.Value)),
            Money.Round(analysed.Purchases.Where(purchase => earlier.Contains(purchase.Day)).Sum(purchase => purchase.Value)),
            clients.Count(client => period.Contains(client.FirstPurchase!.Value)),
            clients.Count(client => earlier.Contains(client.FirstPurchase!.Value)));
    }
}
