using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>POST and PATCH of leads, companies and contacts.</summary>
internal static class EntityWrites
{
    private const int HighestBatch = 250;

    public static Answer PatchMany(ApiCall call, EntityKind kind)
    {
        if (Elements(call.Body) is not { } elements)
        {
            return Problem.EmptyBody;
        }

        if (Oversized(call, elements.Count) is { } refused)
        {
            return refused;
        }

        var faulty = new List<RefusedElement>();
        var changed = new List<CrmEntity>();
        for (var place = 0; place < elements.Count; place++)
        {
            Patch(call, kind, elements[place], place, faulty, changed);
        }

        if (faulty.Count > 0 && !call.Options.PartialBatches)
        {
            return Problem.Validation(faulty);
        }

        changed.ForEach(entity => EntitySaving.Save(call.State, entity));
        call.Statistics.Patched(changed.Count);
        return faulty.Count > 0 ? Problem.Validation(faulty) : Changed(call, kind, changed);
    }

    public static Answer PatchOne(ApiCall call, EntityKind kind)
    {
        if (call.Body.ValueKind != JsonValueKind.Object)
        {
            return Problem.EmptyBody;
        }

        if (call.State.Find(kind, call.RouteId) is not { IsDeleted: false } entity || !call.State.MaySee(call.User, entity))
        {
            return Problem.NotFound;
        }

        var change = new EntityChange(call.State, call.User, call.Options.NumericDecimals);
        var copy = entity.Copy();
        change.Apply(copy, call.Body);
        if (change.Errors.Count > 0)
        {
            return Problem.Validation([new RefusedElement("0", change.Errors)]);
        }

        EntitySaving.Save(call.State, copy);
        call.Statistics.Patched(1);
        return Answer.Hal(json => WriteChanged(json, call, copy));
    }

    public static Answer Create(ApiCall call, EntityKind kind)
    {
        if (Elements(call.Body) is not { } elements)
        {
            return Problem.EmptyBody;
        }

        if (Oversized(call, elements.Count) is { } refused)
        {
            return refused;
        }

        var faulty = new List<RefusedElement>();
        var created = elements.Select((element, place) => New(call, kind, element, place, faulty)).ToList();
        if (faulty.Count > 0)
        {
            return Problem.Validation(faulty);
        }

        created.ForEach(entity => EntitySaving.Save(call.State, entity));
        return Created(call, kind, created, elements);
    }

    /// <summary>Why a batch of so many elements is not taken; null: it is.</summary>
    public static Answer? Oversized(ApiCall call, int elements) =>
        elements > HighestBatch ? Problem.TooMany
        : elements > call.Options.LargestBatch ? Exchange.GatewayTimeout
        : null;

    /// <summary>The elements of a batch; null when the body holds none.</summary>
    public static List<JsonElement>? Elements(JsonElement body) =>
        body.ValueKind == JsonValueKind.Array && body.GetArrayLength() > 0 && body.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. body.EnumerateArray()]
            : null;

    /// <summary>The <c>request_id</c> that was sent, else the element's index.</summary>
    public static string RequestId(JsonElement element, int place) =>
        element.TryGetProperty("request_id", out var sent) ? sent.ToString() : place.ToString(CultureInfo.InvariantCulture);

    private static void Patch(ApiCall call, EntityKind kind, JsonElement element, int place, List<RefusedElement> refused, List<CrmEntity> changed)
    {
        if (!element.TryGetProperty("id", out var sent) || sent.ValueKind != JsonValueKind.Number || !sent.TryGetInt64(out var id))
        {
            refused.Add(new RefusedElement(RequestId(element, place), [FieldError.Missing("id")]));
            return;
        }

        // An id that is unknown, in the trash or hidden is left out of the answer; the vendor documents neither this nor an error.
        if (call.State.Find(kind, id) is not { IsDeleted: false } entity || !call.State.MaySee(call.User, entity))
        {
            return;
        }

        var change = new EntityChange(call.State, call.User, call.Options.NumericDecimals);
        var copy = (changed.Find(earlier => earlier.Id == id) ?? entity).Copy();
        change.Apply(copy, element);
        if (change.Errors.Count > 0)
        {
            refused.Add(new RefusedElement(RequestId(element, place), change.Errors));
            return;
        }

        changed.RemoveAll(earlier => earlier.Id == id);
        changed.Add(copy);
    }

    private static CrmEntity New(ApiCall call, EntityKind kind, JsonElement element, int place, List<RefusedElement> refused)
    {
        var change = new EntityChange(call.State, call.User, call.Options.NumericDecimals);
        var entity = EntitySaving.New(call.State, kind, call.State.NextId(kind) + place, call.User);
        change.Apply(entity, element);
        if (change.Errors.Count > 0)
        {
            refused.Add(new RefusedElement(RequestId(element, place), change.Errors));
        }

        return entity;
    }

    private static Answer Changed(ApiCall call, EntityKind kind, List<CrmEntity> changed) => Answer.Hal(json =>
    {
        json.WriteStartObject();
        ListLinks.Self(json, call, call.Path);
        json.WriteStartObject("_embedded");
        json.WriteStartArray(kind.Plural());
        changed.ForEach(entity => WriteChanged(json, call, entity));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteChanged(Utf8JsonWriter json, ApiCall call, CrmEntity entity)
    {
        // No request_id here: answers of PATCH are matched by id.
        json.WriteStartObject();
        json.WriteNumber("id", entity.Id);
        if (entity.Kind != EntityKind.Leads)
        {
            json.WriteString("name", entity.Name);
        }

        json.WriteNumber("updated_at", entity.UpdatedAt);
        if (call.State.Account.Brand == Brand.Kommo)
        {
            json.WriteBoolean("is_deleted", false);
        }

        ListLinks.Self(json, call, EntityJson.Address(entity));
        json.WriteEndObject();
    }

    private static Answer Created(ApiCall call, EntityKind kind, List<CrmEntity> created, List<JsonElement> elements) => Answer.Hal(json =>
    {
        json.WriteStartObject();
        ListLinks.Self(json, call, call.Path);
        json.WriteStartObject("_embedded");
        json.WriteStartArray(kind.Plural());
        for (var place = 0; place < created.Count; place++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", created[place].Id);
            json.WriteString("request_id", RequestId(elements[place], place));
            ListLinks.Self(json, call, EntityJson.Address(created[place]));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
