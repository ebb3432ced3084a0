using System.Globalization;
using System.Net;
using System.Text.Json;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tasks;

/// <summary>Writes new tasks and reads tasks. A missing text is empty, a missing completion is none.</summary>
internal static class TaskJson
{
    public static byte[] Write(IReadOnlyList<NewTask> tasks)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var task in tasks)
            {
                json.WriteStartObject();
                json.WriteString("request_id", task.RequestId);
                json.WriteString("text", task.Text);
                json.WriteNumber("complete_till", task.CompleteTill.ToUnixTimeSeconds());
                json.WriteNumber("responsible_user_id", task.Responsible.Value);
                // 0 is the CRM's robot: nobody is shown as the author.
                json.WriteNumber("created_by", 0);
                if (task is { Entity: { } entity, EntityId: { } id })
                {
                    json.WriteString("entity_type", entity.Plural());
                    json.WriteNumber("entity_id", id);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <exception cref="FormatException"><c>id</c> is missing.</exception>
    public static CrmTask Read(JsonElement row) => new(
        Json.Integer(row, "id") ?? throw new FormatException("id is missing"),
        Json.Text(row, "entity_type") switch
        {
            "leads" => EntityType.Lead,
            "companies" => EntityType.Company,
            "contacts" => EntityType.Contact,
            _ => null,
        },
        Json.Integer(row, "entity_id") is { } id and > 0 ? id : null,
        Json.Text(row, "text") ?? "",
        Json.IsTrue(row, "is_completed"),
        // An object with a text, or an empty list where there is no result.
        Json.Property(row, "result") is { ValueKind: JsonValueKind.Object } result && Json.Text(result, "text") is { Length: > 0 } text ? text : null,
        Json.Time(row, "updated_at"));

    public static TaskCreation ReadCreated(CrmAnswer answer, IReadOnlyList<NewTask> sent)
    {
        var none = new Dictionary<string, long>(StringComparer.Ordinal);
        if (answer.Body is not { } body)
        {
            return new TaskCreation(none, new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "the answer is empty" });
        }

        if (answer.Status == HttpStatusCode.BadRequest)
        {
            return new TaskCreation(none, Errors(body, sent));
        }

        var rows = Json.List(body, "_embedded", "tasks").ToList();
        for (var place = 0; place < rows.Count; place++)
        {
            // Where the answer does not repeat the request id, its order is the order of what was sent.
            if (Json.Integer(rows[place], "id") is { } id && (Named(Json.Text(rows[place], "request_id"), sent) ?? At(place, sent)) is { } request)
            {
                none[request] = id;
            }
        }

        return new TaskCreation(none, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Errors(JsonElement body, IReadOnlyList<NewTask> sent)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in Json.List(body, "validation-errors"))
        {
            var said = Json.Text(element, "request_id");
            var request = Named(said, sent)
                ?? (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? At(place, sent) : null) ?? "";
            errors[request] = string.Join("; ", Json.List(element, "errors").Select(error => $"{Json.Text(error, "detail")} ({Json.Text(error, "path")})"));
        }

        if (errors.Count == 0)
        {
            errors[""] = CrmBody.Words(body) ?? "";
        }

        return errors;
    }

    private static string? Named(string? requestId, IReadOnlyList<NewTask> sent) =>
        sent.FirstOrDefault(task => string.Equals(task.RequestId, requestId, StringComparison.Ordinal))?.RequestId;

    private static string? At(int place, IReadOnlyList<NewTask> sent) => place < sent.Count ? sent[place].RequestId : null;
}
