using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET and POST of notes: of one entity where its id is in the address, else of all.</summary>
internal static class NotesAnswer
{
    public static Answer List(ApiCall call, EntityKind kind)
    {
        var list = ListQuery.Read(call);
        if (list is null)
        {
            return Problem.TooMany;
        }

        var notes = call.State.Notes.All.Where(note => note.Entity == kind && (call.RouteId == 0 || note.EntityId == call.RouteId)).ToList();
        var page = notes.Skip((int)Math.Min(list.Skip, int.MaxValue)).Take(list.Limit).ToList();
        return page.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_page", list.Page);
            ListLinks.Write(json, call, list.Page, list.Skip + list.Limit < notes.Count);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("notes");
            page.ForEach(note => Write(json, call, note));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer Create(ApiCall call, EntityKind kind)
    {
        if (EntityWrites.Elements(call.Body) is not { } elements)
        {
            return Problem.EmptyBody;
        }

        if (EntityWrites.Oversized(call, elements.Count) is { } refused)
        {
            return refused;
        }

        var faulty = new List<RefusedElement>();
        var notes = elements.Select((element, place) => Read(call, kind, element, place, faulty)).ToList();
        if (faulty.Count > 0)
        {
            return Problem.Validation(faulty);
        }

        notes.ForEach(note => Save(call.State, note));
        return Answer.Hal(json =>
        {
            json.WriteStartObject();
            ListLinks.Self(json, call, call.Path);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("notes");
            for (var place = 0; place < notes.Count; place++)
            {
                json.WriteStartObject();
                json.WriteNumber("id", notes[place].Id);
                json.WriteNumber("entity_id", notes[place].EntityId);
                json.WriteString("request_id", EntityWrites.RequestId(elements[place], place));
                ListLinks.Self(json, call, Address(notes[place]));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static string Address(CrmNote note) => string.Create(CultureInfo.InvariantCulture, $"/api/v4/{note.Entity.Plural()}/{note.EntityId}/notes/{note.Id}");

    private static CrmNote Read(ApiCall call, EntityKind kind, JsonElement sent, int place, List<RefusedElement> faulty)
    {
        var errors = new List<FieldError>();
        var entityId = call.RouteId > 0 ? call.RouteId : sent.TryGetProperty("entity_id", out var id) && id.TryGetInt64(out var number) ? number : 0;
        if (call.State.Find(kind, entityId) is not { IsDeleted: false })
        {
            errors.Add(FieldError.NotSupportedChoice("entity_id"));
        }

        var type = sent.TryGetProperty("note_type", out var word) ? word.ToString() : "";
        if (type is not ("common" or "service_message" or "extended_service_message"))
        {
            errors.Add(FieldError.NotSupportedChoice("note_type"));
        }

        if (!sent.TryGetProperty("params", out var given) || given.ValueKind != JsonValueKind.Object || !given.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
        {
            errors.Add(FieldError.Missing("params.text"));
        }

        if (errors.Count > 0)
        {
            faulty.Add(new RefusedElement(EntityWrites.RequestId(sent, place), errors));
        }

        return new CrmNote(call.State.Notes.NextId + place, kind, entityId, type, given.ValueKind == JsonValueKind.Object ? given.GetRawText() : "{}", call.User.Id, call.State.Clock.Seconds);
    }

    private static void Save(SandboxState state, CrmNote note)
    {
        state.Save(note);
        state.Hooks?.Happened("note_" + note.Entity.Singular(), (form, _) =>
        {
            var at = (note.Entity == EntityKind.Leads ? "leads" : "contacts") + "[note][0]";
            form.Add(at + "[note][id]", note.Id);
            form.Add(at + "[note][note_type]", note.Type == "common" ? 4 : 25);
            form.Add(at + "[note][element_type]", (long)note.Entity);
            form.Add(at + "[note][element_id]", note.EntityId);
            using var given = JsonDocument.Parse(note.Params);
            form.Add(at + "[note][text]", given.RootElement.GetProperty("text").GetString()!);
            form.Add(at + "[note][created_by]", note.CreatedBy);
            form.Add(at + "[note][date_create]", note.CreatedAt);
            form.Add(at + "[note][account_id]", state.Account.Id);
            if (note.Entity != EntityKind.Leads)
            {
                form.Add(at + "[type]", note.Entity.Singular());
            }
        });
    }

    private static void Write(Utf8JsonWriter json, ApiCall call, CrmNote note)
    {
        json.WriteStartObject();
        json.WriteNumber("id", note.Id);
        json.WriteNumber("entity_id", note.EntityId);
        json.WriteNumber("created_by", note.CreatedBy);
        json.WriteNumber("updated_by", note.CreatedBy);
        json.WriteNumber("created_at", note.CreatedAt);
        json.WriteNumber("updated_at", note.CreatedAt);
        json.WriteNumber("responsible_user_id", note.CreatedBy);
        json.WriteNumber("group_id", 0);
        json.WriteString("note_type", note.Type);
        json.WritePropertyName("params");
        json.WriteRawValue(note.Params);
        json.WriteNumber("account_id", call.State.Account.Id);
        ListLinks.Self(json, call, Address(note));
        json.WriteEndObject();
    }
}
