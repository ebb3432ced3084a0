using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Writes <c>custom_fields_values</c>: null when an entity holds none.</summary>
internal sealed class FieldValueJson(Utf8JsonWriter json, SandboxState state)
{
    private readonly Dictionary<long, CustomField> _definitions = state.Fields.ToDictionary(field => field.Id);

    public void Write(CrmEntity entity)
    {
        // Values of a removed field stay in the row and are shown no more.
        if (!Array.Exists(entity.Fields, value => _definitions.ContainsKey(value.FieldId)))
        {
            json.WriteNull("custom_fields_values");
            return;
        }

        json.WriteStartArray("custom_fields_values");
        foreach (var value in entity.Fields)
        {
            if (_definitions.TryGetValue(value.FieldId, out var field))
            {
                Write(field, value);
            }
        }

        json.WriteEndArray();
    }

    /// <summary>The value alone, as it stands under <c>value</c>.</summary>
    public static void WriteBare(Utf8JsonWriter json, StoredValue value)
    {
        if (value.Form == ValueForm.Json)
        {
            json.WriteRawValue(value.Text);
        }
        else
        {
            json.WriteStringValue(value.Text);
        }
    }

    private void Write(CustomField field, FieldValue held)
    {
        json.WriteStartObject();
        json.WriteNumber("field_id", field.Id);
        json.WriteString("field_name", field.Name);
        json.WriteString("field_code", field.Code);
        json.WriteString("field_type", field.Type);
        json.WriteStartArray("values");
        foreach (var value in held.Values)
        {
            json.WriteStartObject();
            json.WritePropertyName("value");
            WriteBare(json, value);
            if (value.EnumId is { } item)
            {
                json.WriteNumber("enum_id", item);
                json.WriteString("enum_code", Array.Find(field.Enums, choice => choice.Id == item)?.Code);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
