using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>What people do in the CRM by hand: edit, create and delete leads, hide entities from a user; and a plain read-back of fields.</summary>
internal static class EntityControl
{
    public static Answer Users(ControlCall call) => call.Sandbox.Locked(() => Answer.Plain(json =>
    {
        json.WriteStartArray();
        foreach (var user in call.Sandbox.State.Users)
        {
            json.WriteStartObject();
            json.WriteNumber("id", user.Id);
            json.WriteString("name", user.Name);
            json.WriteBoolean("isAdmin", user.IsAdmin);
            json.WriteBoolean("isActive", user.IsActive);
            json.WriteBoolean("seesOnlyOwn", user.SeesOnlyOwn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));

    public static Task<Answer> DenyAsync(ControlCall call)
    {
        if (EntityKinds.Parse(call.Text("entity")) is not { } kind || call.Long("id") is not { } id)
        {
            return ControlEndpoints.Bad("A denial has an entity (leads, companies or contacts) and an id.");
        }

        return Task.FromResult(call.Sandbox.Locked(() =>
        {
            if (call.Sandbox.State.User(call.Id) is null)
            {
                return Problem.NotFound;
            }

            call.Sandbox.State.Deny(new Denial(call.Id, kind, id));
            return Answer.NoContent;
        }));
    }

    public static Task<Answer> CreateLeadAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var state = call.Sandbox.State;
        var lead = (Lead)EntitySaving.New(state, EntityKind.Leads, state.Leads.NextId, state.Owner);
        return Saved(call, lead);
    }));

    public static Task<Answer> EditLeadAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
        call.Sandbox.State.Leads.Find(call.Id) is { } lead ? Saved(call, (Lead)lead.Copy()) : Problem.NotFound));

    public static Task<Answer> DeleteLeadAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var state = call.Sandbox.State;
        if (state.Leads.Find(call.Id) is not { } lead)
        {
            return Problem.NotFound;
        }

        var copy = (Lead)lead.Copy();
        copy.IsDeleted = true;
        copy.UpdatedAt = state.Clock.Seconds;
        copy.UpdatedBy = state.Owner.Id;
        EntitySaving.Save(state, copy);
        return Answer.NoContent;
    }));

    /// <summary>Every entity's values by field code (by id where a field has no code): single values bare, several as an array.</summary>
    public static Task<Answer> FieldsAsync(ControlCall call)
    {
        if (EntityKinds.Parse(call.Http.Request.Query["entity"]) is not { } kind)
        {
            return ControlEndpoints.Bad("Name the entity: ?entity=leads, companies or contacts.");
        }

        return Task.FromResult(call.Sandbox.Locked(() => Answer.Plain(json =>
        {
            var state = call.Sandbox.State;
            var names = state.FieldsOf(kind).ToDictionary(field => field.Id, field => field.Code ?? field.Id.ToString(CultureInfo.InvariantCulture));
            IEnumerable<CrmEntity> entities = kind switch
            {
                EntityKind.Leads => state.Leads.Living(SortBy.Id),
                EntityKind.Companies => state.Companies.Living(SortBy.Id),
                _ => state.Contacts.Living(SortBy.Id),
            };
            json.WriteStartObject();
            foreach (var entity in entities.Where(entity => entity.Fields.Length > 0))
            {
                json.WriteStartObject(entity.Id.ToString(CultureInfo.InvariantCulture));
                WriteFields(json, entity, names);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        })));
    }

    private static void WriteFields(Utf8JsonWriter json, CrmEntity entity, Dictionary<long, string> names)
    {
        foreach (var held in entity.Fields.Where(held => names.ContainsKey(held.FieldId)))
        {
            json.WritePropertyName(names[held.FieldId]);
            if (held.Values.Length == 1)
            {
                FieldValueJson.WriteBare(json, held.Values[0]);
                continue;
            }

            json.WriteStartArray();
            foreach (var value in held.Values)
            {
                FieldValueJson.WriteBare(json, value);
            }

            json.WriteEndArray();
        }
    }

    private static Answer Saved(ControlCall call, Lead lead)
    {
        var state = call.Sandbox.State;
        var change = new EntityChange(state, state.Owner, call.Sandbox.Options.NumericDecimals);
        if (call.Body.ValueKind == JsonValueKind.Object)
        {
            change.Apply(lead, call.Body);
            ApplyShorthand(lead, call);
        }

        if (change.Errors.Count > 0)
        {
            return Problem.Validation([new RefusedElement("0", change.Errors)]);
        }

        EntitySaving.Save(state, lead);
        return Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", lead.Id);
            json.WriteNumber("updated_at", lead.UpdatedAt);
            json.WriteEndObject();
        });
    }

    /// <summary>Beside the API's own properties: <c>company_id</c> (or null), <c>contact_ids</c> (the main one first), <c>is_deleted</c>.</summary>
    private static void ApplyShorthand(Lead lead, ControlCall call)
    {
        if (call.Property("company_id") is { } company)
        {
            lead.CompanyId = company.ValueKind == JsonValueKind.Number ? company.GetInt64() : null;
        }

        if (call.Property("contact_ids") is { ValueKind: JsonValueKind.Array } contacts)
        {
            lead.ContactIds = [.. contacts.EnumerateArray().Select(contact => contact.GetInt64())];
        }

        if (call.Property("is_deleted") is { ValueKind: JsonValueKind.True or JsonValueKind.False } deleted)
        {
            lead.IsDeleted = deleted.GetBoolean();
        }
    }
}
