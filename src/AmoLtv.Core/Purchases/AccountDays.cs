namespace AmoLtv.Core.Purchases;

/// <summary>Days and dates of an account, cut in its own time zone.</summary>
public static class AccountDays
{
    /// <summary>The local calendar day of a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>
    /// The date that everything which ages is taken of: the one fixed by hand; else the first day of the current
    /// local month, or the account's last purchase if that is later. An unchanged account so has the same numbers all month.
    /// </summary>
    public static DateOnly AsOf(DateOnly today, DateOnly? lastPurchase, DateOnly? fixedByHand)
    {
        if (fixedByHand is { } date)
        {
            return date;
        }

        var month = new DateOnly(today.Year, today.Month, 1);
        return lastPurchase > month ? lastPurchase.Value : month;
    }

    /// <summary>First day whose purchases are summed; null: all history, also where the period would begin before there are dates.</summary>
    public static DateOnly? PeriodStart(DateOnly asOf, int? months) =>
        months is { } count && ((asOf.Year - 1) * 12) + asOf.Month > count ? asOf.AddMonths(-count) : null;

    /// <summary>
    /// Whole months from one day to another, 0 where the second is not later.
    /// The last day of a shorter month completes it: 31 January to 28 February is one month.
    /// </summary>
    public static int CompletedMonths(DateOnly from, DateOnly to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        return Math.Max(0, from.AddMonths(months) > to ? months - 1 : months);
    }
}
