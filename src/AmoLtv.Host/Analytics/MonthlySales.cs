using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Analytics;

/// <summary>The account month by month, and its months to come.</summary>
internal static class MonthlySales
{
    /// <summary>Whole months alone, credit notes taken off; the month that is running is the first one forecast.</summary>
    public static AccountForecast Of(AnalysedBase analysed)
    {
        var months = new Dictionary<DateOnly, (decimal Revenue, int Purchases)>();
        foreach (var purchase in analysed.Purchases)
        {
            var month = new DateOnly(purchase.Day.Year, purchase.Day.Month, 1);
            var (revenue, purchases) = months.GetValueOrDefault(month);
            months[month] = (revenue + purchase.Amount, purchases + (purchase.IsCreditNote ? 0 : 1));
        }

        return AccountForecast.Of(
            months.Select(month => new AccountMonth(month.Key, Money.ToDouble(month.Value.Revenue), month.Value.Purchases)),
            analysed.Account.AsOf,
            analysed.Account.Settings.HorizonMonths);
    }
}
