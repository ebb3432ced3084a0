using System.Text.Json;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>
/// Text of custom-field values: numbers as they stand, times unix seconds as the CRM gives them, truths as <c>true</c>/<c>false</c>,
/// several values joined by <c>"; "</c>. Values that are objects (files, items, legal entities) and lists without values have no text.
/// </summary>
internal static class FieldText
{
    private const string Separator = "; ";
    private static readonly Dictionary<FieldId, string> None = [];

    /// <param name="wanted">Fields whose text is kept; the others are not read at all.</param>
    public static IReadOnlyDictionary<FieldId, string> Read(JsonElement row, IReadOnlySet<FieldId> wanted)
    {
        if (wanted.Count == 0)
        {
            return None;
        }

        Dictionary<FieldId, string>? found = null;
        foreach (var field in Json.List(row, "custom_fields_values"))
        {
            if (Json.Integer(field, "field_id") is { } id && wanted.Contains(new FieldId(id)) && Text(field) is { Length: > 0 } text)
            {
                (found ??= [])[new FieldId(id)] = text;
            }
        }

        return found ?? None;
    }

    private static string? Text(JsonElement field)
    {
        var texts = Json.List(field, "values")
            .Select(value => Json.Property(value, "value") is { } scalar ? Json.Scalar(scalar) : null)
            .Where(text => !string.IsNullOrEmpty(text))
            .ToList();
        return texts.Count == 0 ? null : string.Join(Separator, texts);
    }
}
