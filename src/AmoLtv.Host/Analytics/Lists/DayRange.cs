using System.Globalization;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Days from the first to the last, both inside.</summary>
internal readonly record struct DayRange(DateOnly From, DateOnly To)
{
    /// <summary>A year, a month, a quarter, or two days with a colon between.</summary>
    /// <exception cref="BadFilterException">The text is none of these.</exception>
    public static DayRange Parse(string text)
    {
        if (text.Split(':') is [var from, var to] && Day(from) is { } first && Day(to) is { } last && first <= last)
        {
            return new DayRange(first, last);
        }

        if (text is [_, _, _, _, '-', 'Q', >= '1' and <= '4'] && Day($"{text[..4]}-01-01") is { } year)
        {
            return Months(year.AddMonths(3 * (text[6] - '1')), 3);
        }

        return text.Length switch
        {
            7 when Day(text + "-01") is { } month => Months(month, 1),
            4 when Day(text + "-01-01") is { } january => Months(january, 12),
            _ => throw new BadFilterException($"'{text}' is no period; write 2026, 2026-03, 2026-Q1 or 2026-03-01:2026-03-31."),
        };
    }

    // The calendar ends with the year 9999: a period beyond it is cut there.
    private static DayRange Months(DateOnly from, int months) =>
        new(from, from.Year == 9999 && from.Month + months > 12 ? DateOnly.MaxValue : from.AddMonths(months).AddDays(-1));

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
