using System.Globalization;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>Values of settings as people type them: <c>none</c> for nothing, commas between several.</summary>
internal static class SettingText
{
    public const string None = "none";

    public static string Of(FieldId? field) => field?.ToString() ?? None;

    public static string Of(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? None;

    public static string OfKind(Enum kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    public static string OfMany<T>(IEnumerable<T> values, string nothing) =>
        values.Select(value => value!.ToString()).DefaultIfEmpty(nothing).Aggregate((left, right) => $"{left},{right}")!;

    public static FieldId? Field(string text) => text == None ? null : new FieldId(Number(text));

    public static TKind Kind<TKind>(string text)
        where TKind : struct, Enum =>
        Enum.GetValues<TKind>().Where(kind => OfKind(kind) == text).Select(kind => (TKind?)kind).FirstOrDefault()
        ?? throw new FormatException($"'{text}' is none of the kinds.");

    public static T? Optional<T>(string text)
        where T : struct, IParsable<T> =>
        text == None ? null : T.Parse(text, CultureInfo.InvariantCulture);

    public static StageKey Stage(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2
            ? new StageKey(new PipelineId(Number(parts[0])), new StatusId(Number(parts[1])))
            : throw new FormatException($"'{text}' is not a pipeline and a status with a colon between.");
    }

    public static ReturnStage Return(string text)
    {
        var at = text.LastIndexOf(':');
        return at > 0
            ? new ReturnStage(Stage(text[..at]), Kind<ReturnKind>(text[(at + 1)..]))
            : throw new FormatException($"'{text}' is not a stage and a kind of return.");
    }

    public static IReadOnlyList<T> Many<T>(string text, string nothing, Func<string, T> read) =>
        text == nothing || text.Length == 0
            ? []
            : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(read)];

    public static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{text}' is not a whole number above 0.");
}
