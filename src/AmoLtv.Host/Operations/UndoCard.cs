using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Host.Operations;

/// <summary>What a run wrote into one card, beside what the card holds.</summary>
internal sealed class UndoCard
{
    public const string Restore = "restore";

    public required int Entity { get; init; }

    public required long[] Fields { get; init; }

    public required string?[] Befores { get; init; }

    public required string?[] Afters { get; init; }

    /// <summary>JSON: field number to value; null where nothing is known of the card.</summary>
    public string? Held { get; init; }

    public required bool IsGone { get; init; }

    /// <summary>Field by field.</summary>
    public List<string> Judge(IReadOnlyDictionary<(int Entity, long Field), string> types, TimeZoneInfo zone)
    {
        using var held = Held is null ? null : JsonDocument.Parse(Held);
        var verdicts = new List<string>(Fields.Length);
        for (var place = 0; place < Fields.Length; place++)
        {
            verdicts.Add(Verdict(
                IsGone, types.GetValueOrDefault((Entity, Fields[place])), Befores[place], Afters[place], ValueOf(held, Fields[place]), zone));
        }

        return verdicts;
    }

    /// <summary>As taking back itself decides.</summary>
    public static string Verdict(bool isGone, string? fieldType, string? before, string? after, string? held, TimeZoneInfo zone)
    {
        if (isGone)
        {
            return "cardGone";
        }

        if (fieldType is null)
        {
            return "fieldGone";
        }

        return UndoRule.Judge(Type(fieldType), before, after, held, zone) switch
        {
            UndoVerdict.Restore => Restore,
            UndoVerdict.IsRestored => "alreadyRestored",
            _ => "newer",
        };
    }

    private static string? ValueOf(JsonDocument? held, long field) =>
        held is not null && held.RootElement.TryGetProperty(field.ToString(CultureInfo.InvariantCulture), out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString(),
                _ => value.GetRawText(),
            }
            : null;

    private static OutputType Type(string crmType) => crmType switch
    {
        "date" => OutputType.Date,
        "date_time" => OutputType.DateTime,
        _ => FieldFit.Fits(OutputType.Numeric, crmType) ? OutputType.Numeric : OutputType.Text,
    };
}
