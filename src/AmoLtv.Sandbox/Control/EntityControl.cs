using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>What people do in the CRM by hand: create, edit, delete, restore and merge cards, hide them from a user; and a plain read-back of fields.</summary>
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

    public static Task<Answer> CreateAsync(ControlCall call, EntityKind kind) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var state = call.Sandbox.State;
        return Saved(call, EntitySaving.New(state, kind, state.NextId(kind), state.Owner));
    }));

    public static Task<Answer> EditAsync(ControlCall call, EntityKind kind) => Task.FromResult(call.Sandbox.Locked(() =>
        call.Sandbox.State.Find(kind, call.Id) is { MergedInto: null } row ? Saved(call, row.Copy()) : Problem.NotFound));

    public static Task<Answer> DeleteAsync(ControlCall call, EntityKind kind) => SetDeletedAsync(call, kind, isDeleted: true);

    public static Task<Answer> RestoreAsync(ControlCall call, EntityKind kind) => SetDeletedAsync(call, kind, isDeleted: false);

    /// <summary>Merges duplicates: <c>{"entity":"companies","survivor":1,"absorbed":[2,3],"price":100,"tellsAbsorbed":true,"touchesLinked":false}</c>.</summary>
    public static Task<Answer> MergeAsync(ControlCall call)
    {
        if (EntityKinds.Parse(call.Text("entity")) is not { } kind || call.Long("survivor") is not { } survivor || call.Longs("absorbed") is not { Length: > 0 } absorbed)
        {
            return ControlEndpoints.Bad("A merge has an entity, a survivor and absorbed ids.");
        }

        var merging = new Merging(call.Flag("tellsAbsorbed") ?? true, call.Flag("touchesLinked") ?? false);
        var price = call.Property("price") is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : (decimal?)null;
        return Task.FromResult(call.Sandbox.Locked(() => merging.Merge(call.Sandbox.State, kind, survivor, absorbed, price) ? Answer.NoContent : Problem.NotFound));
    }

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

    /// <summary>A row's values under the names given; fields without a name are left out.</summary>
    public static void WriteFields(Utf8JsonWriter json, CrmEntity entity, Dictionary<long, string> names)
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

    private static Task<Answer> SetDeletedAsync(ControlCall call, EntityKind kind, bool isDeleted) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var state = call.Sandbox.State;
        if (state.Find(kind, call.Id) is not { MergedInto: null } row)
        {
            return Problem.NotFound;
        }

        var copy = row.Copy();
        copy.IsDeleted = isDeleted;
        copy.UpdatedAt = state.Clock.Seconds;
        copy.UpdatedBy = state.Owner.Id;
        EntitySaving.Save(state, copy);
        return Answer.NoContent;
    }));

    private static Answer Saved(ControlCall call, CrmEntity row)
    {
        var state = call.Sandbox.State;
        var change = new EntityChange(state, state.Owner, call.Sandbox.Options.NumericDecimals);
        if (call.Body.ValueKind == JsonValueKind.Object)
        {
            change.Apply(row, call.Body);
            ApplyShorthand(row, call);
        }

        if (change.Errors.Count > 0)
        {
            return Problem.Validation([new RefusedElement("0", change.Errors)]);
        }

        EntitySaving.Save(state, row);
        return Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", row.Id);
            json.WriteNumber("updated_at", row.UpdatedAt);
            json.WriteEndObject();
        });
    }

    /// <summary>Beside the API's own properties: <c>company_id</c> (or null), <c>contact_ids</c> (the main one first), <c>is_deleted</c>.</summary>
    private static void ApplyShorthand(CrmEntity row, ControlCall call)
    {
        if (call.Property("company_id") is { } company)
        {
            var id = company.ValueKind == JsonValueKind.Number ? company.GetInt64() : (long?)null;
            switch (row)
            {
                case Lead lead:
                    lead.CompanyId = id;
                    break;
                case Contact contact:
                    contact.CompanyId = id;
                    break;
            }
        }

        if (call.Longs("contact_ids") is { } contacts && row is Lead with)
        {
            with.ContactIds = contacts;
        }

        row.IsDeleted = call.Flag("is_deleted") ?? row.IsDeleted;
    }
}
