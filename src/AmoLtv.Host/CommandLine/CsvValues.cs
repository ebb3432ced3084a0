using System.Globalization;

namespace AmoLtv.Host.CommandLine;

/// <summary>The values of one row, read by what they should be; what they are not is a <see cref="FormatException"/>.</summary>
public sealed class CsvValues(string[] columns, string[] values)
{
    public string Text(int index) => values[index].Length > 0 ? values[index] : throw new FormatException($"{columns[index]} is empty");

    /// <summary>A calendar date; a time after it is not looked at.</summary>
    public DateOnly Day(int index) =>
        DateOnly.TryParseExact(DateOf(values[index]), ["yyyy-MM-dd", "yyyyMMdd", "dd.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new FormatException($"{columns[index]} '{values[index]}' is no date; allowed: 2026-03-31, 31.03.2026 or 20260331");

    public DateOnly Month(int index) =>
        DateOnly.TryParseExact(values[index], ["yyyy-MM", "yyyy-MM-01", "MM.yyyy", "01.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? new DateOnly(month.Year, month.Month, 1)
            : throw new FormatException($"{columns[index]} '{values[index]}' is no month; allowed: 2026-03, 2026-03-01 or 03.2026");

    /// <summary>A number with a point, or one comma, before its fraction.</summary>
    public decimal Number(int index)
    {
        var text = values[index].Replace(',', '.');
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{columns[index]} '{values[index]}' is no number; allowed: 1234.56 or 1234,56");
    }

    /// <summary>As <see cref="Number"/>; null where nothing is written.</summary>
    public decimal? NumberIfAny(int index) => values[index].Length > 0 ? Number(index) : null;

    private static string DateOf(string text)
    {
        var end = text.IndexOfAny([' ', 'T']);
        return end < 0 ? text : text[..end];
    }
}
