using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Custom fields: GET for everyone, POST, PATCH and DELETE for admins. A second field of the same code is accepted: the vendor does not say otherwise.</summary>
internal static class CustomFieldsAnswer
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "text", "numeric", "checkbox", "select", "multiselect", "multitext", "date", "url", "textarea", "radiobutton", "streetaddress",
        "smart_address", "birthday", "date_time", "legal_entity", "price", "category", "items", "tracking_data", "linked_entity", "file",
    };

    public static Answer List(ApiCall call, EntityKind kind)
    {
        var list = ListQuery.Read(call);
        if (list is null)
        {
            return Problem.TooMany;
        }

        var types = call.Query.Where(pair => pair.Key.StartsWith("filter[type]", StringComparison.Ordinal)).SelectMany(pair => pair.Value).ToHashSet(StringComparer.Ordinal);
        var all = call.State.FieldsOf(kind).Where(field => types.Count == 0 || types.Contains(field.Type)).OrderBy(field => field.Id).ToList();
        var page = all.Skip((int)Math.Min(list.Skip, int.MaxValue)).Take(list.Limit).ToList();
        var pages = (all.Count + list.Limit - 1) / list.Limit;
        return page.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_total_items", all.Count);
            json.WriteNumber("_page", list.Page);
            json.WriteNumber("_page_count", pages);
            ListLinks.Write(json, call, list.Page, list.Page < pages, pages);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("custom_fields");
            page.ForEach(field => Write(json, call, field));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer One(ApiCall call, EntityKind kind) => Find(call, kind) is { } field ? Answer.Hal(json => Write(json, call, field)) : Answer.NoContent;

    public static Answer Delete(ApiCall call, EntityKind kind)
    {
        if (!call.User.IsAdmin)
        {
            return Problem.Forbidden;
        }

        if (Find(call, kind) is not { IsPredefined: false } field)
        {
            return Problem.NotFound;
        }

        call.State.RemoveField(field.Id);
        return Answer.NoContent;
    }

    /// <summary>Changes a name, a sort or whether only the API may write; the type of a field cannot be changed.</summary>
    public static Answer Patch(ApiCall call, EntityKind kind)
    {
        if (!call.User.IsAdmin)
        {
            return Problem.Forbidden;
        }

        if (Find(call, kind) is not { } field)
        {
            return Problem.NotFound;
        }

        if (call.Body.ValueKind != JsonValueKind.Object)
        {
            return Problem.EmptyBody;
        }

        var changed = field with
        {
            Name = Text(call.Body, "name") ?? field.Name,
            Sort = call.Body.TryGetProperty("sort", out var sort) && sort.TryGetInt32(out var place) ? place : field.Sort,
            IsApiOnly = call.Body.TryGetProperty("is_api_only", out var apiOnly) ? apiOnly.ValueKind == JsonValueKind.True : field.IsApiOnly,
        };
        call.State.Save(changed);
        return Answer.Hal(json => Write(json, call, changed));
    }

    public static Answer Create(ApiCall call, EntityKind kind)
    {
        if (!call.User.IsAdmin)
        {
            return Problem.Forbidden;
        }

        var elements = call.Body.ValueKind == JsonValueKind.Object ? [call.Body] : EntityWrites.Elements(call.Body);
        if (elements is null)
        {
            return Problem.EmptyBody;
        }

        var refused = new List<RefusedElement>();
        var created = new List<(CustomField Field, string RequestId)>();
        for (var place = 0; place < elements.Count; place++)
        {
            var requestId = EntityWrites.RequestId(elements[place], place);
            var errors = new List<FieldError>();
            var field = Read(call, kind, elements[place], call.State.NextFieldId + place, errors);
            created.Add((field, requestId));
            if (errors.Count > 0)
            {
                refused.Add(new RefusedElement(requestId, errors));
            }
        }

        if (refused.Count > 0)
        {
            return Problem.Validation(refused);
        }

        created.ForEach(item => call.State.Save(item.Field));
        return Created(call, created);
    }

    private static CustomField? Find(ApiCall call, EntityKind kind) => call.State.FieldsOf(kind).FirstOrDefault(field => field.Id == call.RouteId);

    private static CustomField Read(ApiCall call, EntityKind kind, JsonElement sent, long id, List<FieldError> errors)
    {
        var name = Text(sent, "name");
        var type = Text(sent, "type");
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.Add(FieldError.Missing("name"));
        }

        if (type is null || !(Types.Contains(type) || (type == "monetary" && call.State.Account.Brand == Brand.Kommo)))
        {
            errors.Add(FieldError.NotSupportedChoice("type"));
        }

        return new CustomField
        {
            Id = id,
            Entity = kind,
            Name = name ?? "",
            Type = type ?? "",
            Code = Text(sent, "code"),
            Sort = sent.TryGetProperty("sort", out var sort) && sort.TryGetInt32(out var place) ? place : 500,
            IsApiOnly = sent.TryGetProperty("is_api_only", out var apiOnly) && apiOnly.ValueKind == JsonValueKind.True,
            Enums = Enums(sent, id),
            CreatedByIntegration = call.ClientId,
        };
    }

    private static FieldItem[] Enums(JsonElement sent, long fieldId) =>
        sent.TryGetProperty("enums", out var enums) && enums.ValueKind == JsonValueKind.Array
            ? [.. enums.EnumerateArray().Select((item, place) => new FieldItem((fieldId * 1000) + place, Text(item, "value") ?? "", place, Text(item, "code")))]
            : [];

    private static Answer Created(ApiCall call, List<(CustomField Field, string RequestId)> created)
    {
        // The two vendors' samples differ for one field: a collection on amocrm.ru, the bare object on Kommo.
        if (created.Count == 1 && call.State.Account.Brand == Brand.Kommo)
        {
            return Answer.Hal(json => Write(json, call, created[0].Field, created[0].RequestId), 201);
        }

        return Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_total_items", created.Count);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("custom_fields");
            created.ForEach(item => Write(json, call, item.Field, item.RequestId));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }, 201);
    }

    private static void Write(Utf8JsonWriter json, ApiCall call, CustomField field, string? requestId = null)
    {
        json.WriteStartObject();
        json.WriteNumber("id", field.Id);
        json.WriteString("name", field.Name);
        json.WriteString("type", field.Type);
        json.WriteNumber("account_id", call.State.Account.Id);
        json.WriteString("code", field.Code);
        json.WriteNumber("sort", field.Sort);
        json.WriteBoolean("is_api_only", field.IsApiOnly);
        WriteEnums(json, field);
        json.WriteNull("group_id");
        json.WriteStartArray("required_statuses");
        json.WriteEndArray();
        json.WriteBoolean("is_deletable", !field.IsPredefined);
        json.WriteBoolean("is_predefined", field.IsPredefined);
        json.WriteBoolean("is_computed", false);
        json.WriteString("entity_type", field.Entity.Plural());
        json.WriteNull("tracking_callback");
        json.WriteNull("remind");
        json.WriteStartArray("triggers");
        json.WriteEndArray();
        json.WriteNull("currency");
        json.WriteNull("hidden_statuses");
        json.WriteNull("chained_lists");
        if (requestId is not null)
        {
            json.WriteString("request_id", requestId);
        }

        ListLinks.Self(json, call, string.Create(CultureInfo.InvariantCulture, $"/api/v4/{field.Entity.Plural()}/custom_fields/{field.Id}"));
        json.WriteEndObject();
    }

    private static void WriteEnums(Utf8JsonWriter json, CustomField field)
    {
        if (field.Enums.Length == 0)
        {
            json.WriteNull("enums");
            return;
        }

        json.WriteStartArray("enums");
        foreach (var item in field.Enums)
        {
            json.WriteStartObject();
            json.WriteNumber("id", item.Id);
            json.WriteString("value", item.Value);
            json.WriteNumber("sort", item.Sort);
            json.WriteString("code", item.Code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? Text(JsonElement sent, string name) => sent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
