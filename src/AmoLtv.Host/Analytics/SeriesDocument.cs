using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Analytics;

/// <summary>The account month by month, and its months to come. Whole months alone; the one that is running is forecast.</summary>
/// <param name="FirstMonth">First day of the first month; null without a whole one.</param>
/// <param name="Revenue">Of each whole month, credit notes taken off, in the account's currency.</param>
/// <param name="Purchases">Of each whole month.</param>
/// <param name="RevenueForecast">Null with fewer than three months.</param>
/// <param name="PurchasesForecast">Null with fewer than three months.</param>
internal sealed record SeriesDocument(
    DateOnly? FirstMonth,
    IReadOnlyList<decimal> Revenue,
    IReadOnlyList<int> Purchases,
    MonthsForecast? RevenueForecast,
    MonthsForecast? PurchasesForecast)
{
    public static SeriesDocument Of(AnalysedBase analysed)
    {
        var asOf = analysed.Account.AsOf;
        var bought = analysed.Purchases.Where(purchase => !purchase.IsCreditNote).Select(purchase => purchase.Day).ToList();
        if (bought.Count == 0)
        {
            return new SeriesDocument(null, [], [], null, null);
        }

        var first = IndexOf(bought.Min());
        // The as-of day itself may still bring purchases, unless it is the last of its month: then the month is whole.
        var months = Math.Max(0, IndexOf(asOf.AddDays(1)) - first);
        var (revenue, purchases) = (new decimal[months], new int[months]);
        foreach (var purchase in analysed.Purchases)
        {
            if (IndexOf(purchase.Day) - first is var month and >= 0 && month < months)
            {
                revenue[month] += purchase.Amount;
                purchases[month] += purchase.IsCreditNote ? 0 : 1;
            }
        }

        var (firstMonth, horizon) = (new DateOnly(first / 12, (first % 12) + 1, 1), analysed.Account.Settings.HorizonMonths);
        return new SeriesDocument(
            months > 0 ? firstMonth : null,
            revenue,
            purchases,
            MonthsForecast.Of([.. revenue.Select(Money.ToDouble)], firstMonth, horizon),
            MonthsForecast.Of([.. purchases.Select(count => (double)count)], firstMonth, horizon));
    }

    private static int IndexOf(DateOnly day) => (day.Year * 12) + day.Month - 1;
}
