using System.Globalization;
using System.Net;
using System.Text.Json;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>Writes batches of field values and reads what became of them.</summary>
internal static class FieldUpdateJson
{
    public static byte[] Write(IReadOnlyList<FieldUpdate> updates)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var update in updates)
            {
                WriteUpdate(json, update);
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    public static FieldUpdateResult Read(CrmAnswer answer, string list, IReadOnlyList<FieldUpdate> sent)
    {
        var none = new HashSet<long>();
        if (answer.Body is not { } body)
        {
            return new FieldUpdateResult(none, []);
        }

        if (answer.Status == HttpStatusCode.BadRequest)
        {
            return new FieldUpdateResult(none, Errors(body, sent));
        }

        var updated = Json.List(body, "_embedded", list).Select(row => Json.Integer(row, "id")).OfType<long>().ToHashSet();
        return new FieldUpdateResult(updated, []);
    }

    private static void WriteUpdate(Utf8JsonWriter json, FieldUpdate update)
    {
        json.WriteStartObject();
        json.WriteNumber("id", update.EntityId);
        json.WriteString("request_id", update.EntityId.ToString(CultureInfo.InvariantCulture));
        // 0 is the CRM's robot: its history then does not name the person who installed us.
        json.WriteNumber("updated_by", 0);
        json.WriteStartArray("custom_fields_values");
        foreach (var value in update.Values)
        {
            WriteValue(json, value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, FieldValue value)
    {
        json.WriteStartObject();
        json.WriteNumber("field_id", value.Field.Value);
        if (value.Text is null)
        {
            json.WriteNull("values");
        }
        else
        {
            json.WriteStartArray("values");
            json.WriteStartObject();
            if (value.Kind == FieldValueKind.UnixTime)
            {
                json.WriteNumber("value", long.Parse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteString("value", value.Text);
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static List<FieldUpdateError> Errors(JsonElement body, IReadOnlyList<FieldUpdate> sent)
    {
        var errors = new List<FieldUpdateError>();
        foreach (var element in Json.List(body, "validation-errors"))
        {
            var entity = Entity(Json.Text(element, "request_id"), sent);
            errors.AddRange(Json.List(element, "errors").Select(error => new FieldUpdateError(
                entity, Json.Text(error, "code") ?? "", Json.Text(error, "path") ?? "", Json.Text(error, "detail") ?? "")));
        }

        // A 400 that names no element, for example "Request data can not be empty" or an expired subscription.
        return errors.Count > 0 ? errors : [new FieldUpdateError(null, "", "", CrmBody.Words(body) ?? "")];
    }

    /// <summary>The CRM names an element by the number we sent, or by its place in the batch where it did not take the number.</summary>
    private static long? Entity(string? requestId, IReadOnlyList<FieldUpdate> sent)
    {
        if (!long.TryParse(requestId, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        if (sent.Any(update => update.EntityId == number))
        {
            return number;
        }

        return number < sent.Count ? sent[(int)number].EntityId : null;
    }
}
