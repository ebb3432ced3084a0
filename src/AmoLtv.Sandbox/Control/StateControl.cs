using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>The whole account as it is: what a computation undisturbed by any connection would start from.</summary>
internal static class StateControl
{
    /// <summary>All lists, or the one named by <c>?entity=</c>. Rows in the trash say <c>is_deleted</c>, merged ones <c>merged_into</c> too.</summary>
    public static Task<Answer> ReadAsync(ControlCall call)
    {
        // Rows are replaced and never changed: it is enough to take the lists under the gate, and to write them after it.
        var wanted = EntityKinds.Parse(call.Http.Request.Query["entity"]);
        var state = call.Sandbox.State;
        var (lists, tasks, names) = call.Sandbox.Locked(() => (
            Enum.GetValues<EntityKind>().Where(kind => wanted is null || kind == wanted).Select(kind => (kind, rows: Rows(state, kind))).ToList(),
            state.Tasks.All.ToArray(),
            state.Fields.ToDictionary(field => field.Id, field => field.Code ?? field.Id.ToString(CultureInfo.InvariantCulture))));
        return Task.FromResult(Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteString("now", state.Clock.Now.ToUniversalTime());
            json.WriteString("currency", state.Account.Currency);
            json.WriteString("timezone", state.Account.TimeZoneId);
            foreach (var (kind, rows) in lists)
            {
                json.WriteStartArray(kind.Plural());
                Array.ForEach(rows, row => Write(json, row, names));
                json.WriteEndArray();
            }

            json.WriteStartArray("tasks");
            Array.ForEach(tasks, task => Write(json, task));
            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }

    private static CrmEntity[] Rows(SandboxState state, EntityKind kind) => kind switch
    {
        EntityKind.Leads => [.. state.Leads.All],
        EntityKind.Companies => [.. state.Companies.All],
        _ => [.. state.Contacts.All],
    };

    private static void Write(Utf8JsonWriter json, CrmEntity row, Dictionary<long, string> names)
    {
        json.WriteStartObject();
        json.WriteNumber("id", row.Id);
        json.WriteString("name", row.Name);
        json.WriteNumber("responsible_user_id", row.ResponsibleUserId);
        json.WriteNumber("created_at", row.CreatedAt);
        json.WriteNumber("updated_at", row.UpdatedAt);
        switch (row)
        {
            case Lead lead:
                WriteLead(json, lead);
                break;
            case Contact contact:
                WriteNullable(json, "company_id", contact.CompanyId);
                break;
        }

        if (row.IsDeleted)
        {
            json.WriteBoolean("is_deleted", true);
        }

        if (row.MergedInto is { } survivor)
        {
            json.WriteNumber("merged_into", survivor);
        }

        WriteIds(json, "tag_ids", row.TagIds);
        json.WriteStartObject("fields");
        EntityControl.WriteFields(json, row, names);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLead(Utf8JsonWriter json, Lead lead)
    {
        json.WriteNumber("price", lead.Price);
        json.WriteNumber("pipeline_id", lead.PipelineId);
        json.WriteNumber("status_id", lead.StatusId);
        WriteNullable(json, "closed_at", lead.ClosedAt);
        WriteNullable(json, "loss_reason_id", lead.LossReasonId);
        WriteNullable(json, "source_id", lead.SourceId);
        WriteNullable(json, "company_id", lead.CompanyId);
        WriteIds(json, "contact_ids", lead.ContactIds);
    }

    private static void Write(Utf8JsonWriter json, CrmTask task)
    {
        json.WriteStartObject();
        json.WriteNumber("id", task.Id);
        json.WriteString("text", task.Text);
        json.WriteString("entity_type", task.Entity?.Plural());
        WriteNullable(json, "entity_id", task.EntityId);
        json.WriteNumber("responsible_user_id", task.ResponsibleUserId);
        json.WriteNumber("complete_till", task.CompleteTill);
        json.WriteBoolean("is_completed", task.IsCompleted);
        json.WriteString("result", task.Result);
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, long[] ids)
    {
        json.WriteStartArray(name);
        Array.ForEach(ids, json.WriteNumberValue);
        json.WriteEndArray();
    }

    private static void WriteNullable(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
