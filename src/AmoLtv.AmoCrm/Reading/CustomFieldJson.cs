using System.Text.Json;
using AmoLtv.AmoCrm.Fields;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>Writes definitions of fields to create and reads those created.</summary>
internal static class CustomFieldJson
{
    public static byte[] Write(IReadOnlyList<NewCustomField> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var field in fields)
            {
                json.WriteStartObject();
                json.WriteString("name", field.Name);
                json.WriteString("type", field.Type);
                json.WriteString("code", field.Code);
                json.WriteNumber("sort", field.Sort);
                json.WriteBoolean("is_api_only", true);
                json.WriteString("request_id", field.Code);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <summary>A collection, or for a single field the bare object: both are documented.</summary>
    /// <exception cref="FormatException">A definition lacks its id or type.</exception>
    public static IReadOnlyList<CrmCustomField> Read(JsonElement? body)
    {
        var listed = Json.List(body, "_embedded", "custom_fields").Select(AccountJson.CustomField).ToList();
        return listed.Count == 0 && body is { } single && Json.Integer(single, "id") is not null ? [AccountJson.CustomField(single)] : listed;
    }
}
