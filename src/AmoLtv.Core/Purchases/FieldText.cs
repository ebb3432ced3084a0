using System.Globalization;

namespace AmoLtv.Core.Purchases;

/// <summary>Values of custom fields, which the CRM gives as text. What cannot be read is no value, never 0.</summary>
public static class FieldText
{
    /// <summary>Larger sums are typing errors; they would not fit the sums of an account either.</summary>
    private const decimal LargestAmount = 999_999_999_999.99m;

    /// <summary>A sum of money in kopecks exact, halves away from zero; null where the text is none.</summary>
    public static decimal? Money(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? Money(value) : null;

    /// <summary>The same of a number; null where it is too large to be meant.</summary>
    public static decimal? Money(decimal? value) =>
        value is { } amount && Math.Abs(amount) <= LargestAmount ? Math.Round(amount, 2, MidpointRounding.AwayFromZero) : null;

    /// <summary>
    /// The day that a date field names. Unix seconds and times with an offset are cut in the account's time zone,
    /// a calendar date (<c>2026-03-01</c>) is that day everywhere. Null where the text is no date.
    /// </summary>
    public static DateOnly? Day(string? text, TimeZoneInfo zone)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > -62_000_000_000 and < 253_000_000_000)
        {
            return AccountDays.DayOf(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? AccountDays.DayOf(moment, zone)
            : null;
    }
}
