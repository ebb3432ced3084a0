using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of events, newest first.</summary>
internal static class EventsAnswer
{
    public static Answer List(ApiCall call)
    {
        var list = ListQuery.Read(call, call.State.Account.Brand == Brand.Kommo ? 250 : 100);
        if (list is null)
        {
            return Problem.TooMany;
        }

        var (filter, refused) = EventFilter.Read(call.Query);
        if (filter is null)
        {
            return refused!;
        }

        var events = call.State.Events.InOrder();
        var (page, hasNext) = Page(call, list, filter, events);
        return page.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_page", list.Page);
            ListLinks.Write(json, call, list.Page, hasNext);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("events");
            page.ForEach(place => Write(json, call, events[place], place, filter.FieldId));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer One(ApiCall call, string id) =>
        int.TryParse(id.AsSpan(Math.Min(2, id.Length)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var place) && place < call.State.Events.Count && Id(place) == id
            ? Answer.Hal(json => Write(json, call, call.State.Events.InOrder()[place], place, fieldId: null))
            : Answer.NoContent;

    private static (List<int> Places, bool HasNext) Page(ApiCall call, ListQuery list, EventFilter filter, IReadOnlyList<CrmEvent> events)
    {
        var seesAll = call.State.SeesAll(call.User);
        var page = new List<int>();
        var (first, end) = call.State.Events.Window(filter.From, filter.To);
        long seen = 0;
        foreach (var place in call.State.Events.Backwards(filter.Types, first, end))
        {
            if (seen > list.Skip + list.Limit)
            {
                break;
            }

            var happened = events[place];
            if (filter.Takes(happened) && (seesAll || MaySee(call, happened)) && seen++ >= list.Skip && page.Count < list.Limit)
            {
                page.Add(place);
            }
        }

        return (page, seen > list.Skip + list.Limit);
    }

    private static bool MaySee(ApiCall call, CrmEvent happened) =>
        call.State.Find(happened.Entity, happened.EntityId) is not { } entity || call.State.MaySee(call.User, entity);

    private static string Id(int place) => "01" + place.ToString("x24", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, ApiCall call, CrmEvent happened, int place, long? fieldId)
    {
        json.WriteStartObject();
        json.WriteString("id", Id(place));
        json.WriteString("type", fieldId is null ? happened.Type : string.Create(CultureInfo.InvariantCulture, $"custom_field_{fieldId}_value_changed"));
        json.WriteNumber("entity_id", happened.EntityId);
        json.WriteString("entity_type", happened.Entity.Singular());
        json.WriteNumber("created_by", happened.CreatedBy);
        json.WriteNumber("created_at", happened.CreatedAt);
        WriteValue(json, call, "value_after", happened, isAfter: true);
        WriteValue(json, call, "value_before", happened, isAfter: false);
        json.WriteNumber("account_id", call.State.Account.Id);
        ListLinks.Self(json, call, "/api/v4/events/" + Id(place));
        WriteEntity(json, call, happened);
        json.WriteEndObject();
    }

    private static void WriteEntity(Utf8JsonWriter json, ApiCall call, CrmEvent happened)
    {
        json.WriteStartObject("_embedded");
        json.WriteStartObject("entity");
        json.WriteNumber("id", happened.EntityId);
        if (call.With.Contains(happened.Entity.Singular() + "_name"))
        {
            json.WriteString("name", call.State.Find(happened.Entity, happened.EntityId)?.Name);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, ApiCall call, string name, CrmEvent happened, bool isAfter)
    {
        json.WriteStartArray(name);
        if ((isAfter ? happened.After : happened.Before) is { } at)
        {
            Wrapped(json, "lead_status", () =>
            {
                json.WriteNumber("id", at.StatusId);
                json.WriteNumber("pipeline_id", at.PipelineId);
            });
        }
        else if (happened.Detail is { } detail)
        {
            WriteDetail(json, call, happened.Type, detail, isAfter);
        }

        json.WriteEndArray();
    }

    private static void WriteDetail(Utf8JsonWriter json, ApiCall call, string type, EventDetail detail, bool isAfter)
    {
        var text = isAfter ? detail.After : detail.Before;
        if (detail.Linked is { } kind && isAfter == (type == "entity_linked"))
        {
            Wrapped(json, "link", () =>
            {
                json.WriteStartObject("entity");
                json.WriteString("type", kind.Singular());
                json.WriteNumber("id", detail.LinkedId!.Value);
                json.WriteEndObject();
            });
        }
        else if (text is not null && detail.FieldId is { } fieldId)
        {
            Wrapped(json, "custom_field_value", () =>
            {
                json.WriteNumber("field_id", fieldId);
                json.WriteString("field_type", call.State.Field(fieldId)?.Type);
                json.WriteString("text", text);
            });
        }
        else if (text is not null)
        {
            var (outer, inner) = type == "sale_field_changed" ? ("sale_field_value", "sale") : ("responsible_user", "id");
            Wrapped(json, outer, () => json.WriteNumber(inner, decimal.Parse(text, CultureInfo.InvariantCulture)));
        }
    }

    private static void Wrapped(Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartObject();
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
