using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>How many days usually lie between two days of purchase.</summary>
/// <param name="Days">At least 7.</param>
public readonly record struct TypicalGap(double Days, GapSource Source)
{
    private const double AssumedDays = 90;
    private const double ShortestDays = 7;
    private const int DaysNeeded = 3;

    /// <summary>The account's: the median of the medians of clients that bought on three days, or 90 days assumed.</summary>
    public static TypicalGap OfAccount(IEnumerable<CustomerHistory> clients)
    {
        var medians = clients.Where(HasOwn).Select(client => MedianGap(client.PurchaseDays)).ToList();
        return medians.Count == 0
            ? new TypicalGap(AssumedDays, GapSource.Assumed)
            : new TypicalGap(Math.Max(ShortestDays, Median(medians)), GapSource.Account);
    }

    /// <summary>The customer's own, or the account's where it bought on fewer than three days.</summary>
    public static TypicalGap Of(CustomerHistory customer, TypicalGap account) => HasOwn(customer)
        ? new TypicalGap(Math.Max(ShortestDays, MedianGap(customer.PurchaseDays)), GapSource.Own)
        : account;

    private static bool HasOwn(CustomerHistory customer) => customer.PurchaseDays.Count >= DaysNeeded;

    private static double MedianGap(IReadOnlyList<DateOnly> days)
    {
        var gaps = new List<double>(days.Count - 1);
        for (var index = 1; index < days.Count; index++)
        {
            gaps.Add(days[index].DayNumber - days[index - 1].DayNumber);
        }

        return Median(gaps);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
