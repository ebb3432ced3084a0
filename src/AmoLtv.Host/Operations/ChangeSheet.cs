using System.Globalization;
using System.Text;

namespace AmoLtv.Host.Operations;

/// <summary>Changes of a run as CSV that a spreadsheet opens; no cell of it is a formula. Pure.</summary>
public static class ChangeSheet
{
    private static readonly string[] English = ["card", "number", "name", "field", "before", "after", "status", "reason"];
    private static readonly string[] Russian = ["карточка", "номер", "название", "поле", "было", "стало", "состояние", "причина"];

    public static string Head(bool isEnglish) => Line(isEnglish ? English : Russian, isEnglish);

    /// <param name="change">The row.</param>
    /// <param name="isEnglish">Commas; else semicolons and a comma before a fraction, as a Russian spreadsheet expects.</param>
    /// <param name="zone">The account's time zone, in which days are cut.</param>
    public static string Row(FieldChange change, bool isEnglish, TimeZoneInfo zone) => Line(
        [
            change.Card,
            change.Id.ToString(CultureInfo.InvariantCulture),
            change.CardName ?? "",
            change.FieldName ?? change.Field.ToString(CultureInfo.InvariantCulture),
            Value(change.Before, change.FieldType, isEnglish, zone),
            Value(change.After, change.FieldType, isEnglish, zone),
            change.Status,
            change.Reason ?? "",
        ],
        isEnglish);

    private static string Value(string? text, string? type, bool isEnglish, TimeZoneInfo zone)
    {
        if (text is null)
        {
            return "";
        }

        if (type is "date" or "date_time" && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > -62_000_000_000 and < 250_000_000_000)
        {
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
            return local.ToString(type == "date" ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }

        return !isEnglish && IsNumber(text) ? text.Replace('.', ',') : text;
    }

    private static string Line(IEnumerable<string> cells, bool isEnglish)
    {
        var line = new StringBuilder();
        foreach (var cell in cells)
        {
            line.Append(line.Length > 0 ? (isEnglish ? "," : ";") : "").Append(Cell(cell));
        }

        return line.Append("\r\n").ToString();
    }

    private static string Cell(string text)
    {
        var isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsNumber(text.Replace(',', '.'));
        var harmless = isFormula ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny(",;\"\r\n") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
