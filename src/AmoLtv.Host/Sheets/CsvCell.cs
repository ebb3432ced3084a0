using System.Globalization;

namespace AmoLtv.Host.Sheets;

/// <summary>Cells of a CSV file (RFC 4180) that no spreadsheet takes for a formula.</summary>
internal static class CsvCell
{
    /// <summary>What a spreadsheet begins to calculate at.</summary>
    private static readonly char[] Dangerous = ['=', '+', '-', '@', '\t', '\r'];

    /// <summary>A text; one that begins like a formula gets an apostrophe before it, also behind spaces that a spreadsheet cuts off.</summary>
    public static string Text(string? text, CsvLanguage language)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var isDangerous = Dangerous.Contains(text[0]) || (text.TrimStart() is [var first, ..] && Dangerous.Contains(first));
        return Quoted(isDangerous ? "'" + text : text, language);
    }

    public static string Of(decimal? number, CsvLanguage language) => number is { } value ? Quoted(language.Number(value), language) : "";

    public static string Of(long? number, CsvLanguage language) => number is { } value ? Quoted(language.Number(value), language) : "";

    public static string Of(double? number, CsvLanguage language) => number is { } value ? Quoted(language.Share(value), language) : "";

    public static string Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string cell, CsvLanguage language) => cell.AsSpan().IndexOfAny("\"\r\n\t") >= 0 || cell.Contains(language.Separator, StringComparison.Ordinal)
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
