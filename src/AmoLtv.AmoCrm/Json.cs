using System.Globalization;
using System.Text.Json;

namespace AmoLtv.AmoCrm;

/// <summary>
/// Total readings of JSON properties: a missing property, a null and a value of the wrong kind all give null.
/// The CRM gives numbers as strings in places and strings as numbers in others; both are accepted.
/// </summary>
internal static class Json
{
    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static JsonElement? Property(JsonElement? element, string name) => element is { } some ? Property(some, name) : null;

    public static string? Text(JsonElement element, string name) => Property(element, name) is { } value ? Scalar(value) : null;

    public static long? Integer(JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var integer) => integer,
        { ValueKind: JsonValueKind.String } text when long.TryParse(
            text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
        _ => null,
    };

    public static decimal? Decimal(JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var value) => value,
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(
            text.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    /// <summary>True only for a JSON <c>true</c> or the number 1.</summary>
    public static bool IsTrue(JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out var one) && one == 1,
        _ => false,
    };

    /// <summary>Unix seconds. Zero is the CRM's "never" and gives null, as does a time outside the years 1 to 9999.</summary>
    public static DateTimeOffset? Time(JsonElement element, string name) =>
        Integer(element, name) is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>The elements of a list; nothing where it is missing or not a list.</summary>
    public static IEnumerable<JsonElement> List(JsonElement? element, params string[] path)
    {
        foreach (var name in path)
        {
            element = Property(element, name);
        }

        return element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
    }

    /// <summary>
    /// A single value as text: numbers as they stand, truths as <c>true</c> and <c>false</c>; null for objects and lists. The character 0,
    /// which the CRM lets people paste and no text of PostgreSQL can hold, is left out.
    /// </summary>
    public static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()?.Replace("\0", "", StringComparison.Ordinal),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
