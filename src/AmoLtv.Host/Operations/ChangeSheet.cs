using System.Globalization;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Sheets;

namespace AmoLtv.Host.Operations;

/// <summary>Changes of a run as columns of a CSV file. Pure.</summary>
internal static class ChangeSheet
{
    /// <param name="zone">The account's time zone, in which days are cut.</param>
    public static IReadOnlyList<CsvColumn<FieldChange>> Columns(TimeZoneInfo zone) =>
    [
        new("карточка", "card", (change, l) => CsvCell.Text(change.Card, l)),
        new("номер", "number", (change, l) => CsvCell.Of((long?)change.Id, l)),
        new("название", "name", (change, l) => CsvCell.Text(change.CardName, l)),
        new("поле", "field", (change, l) => CsvCell.Text(change.FieldName ?? change.Field.ToString(CultureInfo.InvariantCulture), l)),
        new("было", "before", (change, l) => Value(change.Before, change.FieldType, l, zone)),
        new("стало", "after", (change, l) => Value(change.After, change.FieldType, l, zone)),
        new("состояние", "status", (change, l) => CsvCell.Text(change.Status, l)),
        new("причина", "reason", (change, l) => CsvCell.Text(change.Reason, l)),
    ];

    /// <summary>A number where the field holds numbers: a text that looks like one, a version or an article number, stays as it is.</summary>
    private static string Value(string? text, string? type, CsvLanguage language, TimeZoneInfo zone)
    {
        if (type is "date" or "date_time" && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > -62_000_000_000 and < 250_000_000_000)
        {
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
            return CsvCell.Text(local.ToString(type == "date" ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), language);
        }

        return type is not null && FieldFit.Fits(OutputType.Numeric, type)
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? CsvCell.Of(number, language)
            : CsvCell.Text(text, language);
    }
}
