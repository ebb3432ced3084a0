using AmoLtv.Core.Purchases;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Evaluation;

/// <summary>Everything a valuation of an account says.</summary>
/// <param name="Account">The account's numbers.</param>
/// <param name="Customers">Each customer's, in the order of their histories.</param>
/// <param name="Standings">The clients' places, the most valuable first.</param>
public sealed record AccountReport(AccountValuation Account, IReadOnlyList<CustomerValuation> Customers, IReadOnlyList<Standing> Standings)
{
    /// <summary>Values every customer of an account.</summary>
    /// <param name="histories">Of all three scopes.</param>
    /// <param name="leads">The same leads counted one by one.</param>
    /// <param name="settings">Valid ones.</param>
    /// <param name="asOf">The date everything which ages is taken of.</param>
    /// <param name="spend">The table of the account's channels.</param>
    public static AccountReport Of(
        IReadOnlyList<CustomerHistory> histories, LeadTotals leads, AccountSettings settings, DateOnly asOf, IEnumerable<ChannelSpend> spend)
    {
        var rates = AccountRates.Of([.. histories.Where(history => history.Key.IsClient)], settings, asOf, spend);
        var valuer = new CustomerValuer(settings, rates);
        var valuations = histories.Select(history => valuer.Value(history)).ToList();
        var periodStart = AccountDays.PeriodStart(asOf, settings.PeriodMonths);
        return new AccountReport(
            AccountValuation.Of(rates, periodStart, leads, valuations.ConvertAll(value => value.Figures)),
            valuations,
            Segmentation.Standings.Of(valuations, settings.Tiers));
    }
}
