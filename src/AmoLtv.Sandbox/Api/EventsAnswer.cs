using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of events, newest first. Their filters belong to no paid add-on.</summary>
internal static class EventsAnswer
{
    public static Answer List(ApiCall call)
    {
        var list = ListQuery.Read(call.Query, call.State.Account.Brand == Brand.Kommo ? 250 : 100);
        if (list is null)
        {
            return Problem.TooMany;
        }

        var wanted = Wanted(call);
        var events = call.State.Events.InOrder();
        var page = new List<int>();
        long seen = 0;
        for (var place = events.Count - 1; place >= 0 && seen <= list.Skip + list.Limit; place--)
        {
            if (wanted(events[place]) && seen++ >= list.Skip && page.Count < list.Limit)
            {
                page.Add(place);
            }
        }

        return page.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_page", list.Page);
            ListLinks.Write(json, call, list.Page, seen > list.Skip + list.Limit);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("events");
            page.ForEach(place => Write(json, call, events[place], place));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer One(ApiCall call, string id) =>
        int.TryParse(id.AsSpan(Math.Min(2, id.Length)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var place) && place < call.State.Events.Count && Id(place) == id
            ? Answer.Hal(json => Write(json, call, call.State.Events.InOrder()[place], place))
            : Answer.NoContent;

    private static Func<CrmEvent, bool> Wanted(ApiCall call)
    {
        var types = Words(call, "type");
        var entities = Words(call, "entity");
        var ids = Words(call, "entity_id").Select(Number).ToHashSet();
        var users = Words(call, "created_by").Select(Number).ToHashSet();
        var from = Words(call, "created_at", "[from]").Select(Number).DefaultIfEmpty(long.MinValue).First();
        var to = Words(call, "created_at", "[to]").Select(Number).DefaultIfEmpty(long.MaxValue).First();
        var entered = Stages(call, "value_after");
        return happened => (types.Count == 0 || types.Contains(happened.Type))
            && (entities.Count == 0 || entities.Contains(happened.Entity.Singular()))
            && (ids.Count == 0 || ids.Contains(happened.EntityId))
            && (users.Count == 0 || users.Contains(happened.CreatedBy))
            && (entered.Count == 0 || (happened.After is { } after && entered.Contains((after.PipelineId, after.StatusId))))
            && happened.CreatedAt >= from && happened.CreatedAt <= to
            && (call.State.Find(happened.Entity, happened.EntityId) is not { } entity || call.State.MaySee(call.User, entity));
    }

    /// <summary>A filter's values: comma-joined, or an array.</summary>
    private static HashSet<string> Words(ApiCall call, string name, string? part = null) => call.Query
        .Where(pair => part is null
            ? pair.Key == $"filter[{name}]" || pair.Key.StartsWith($"filter[{name}][", StringComparison.Ordinal)
            : pair.Key == $"filter[{name}]{part}")
        .SelectMany(pair => pair.Value)
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Pairs <c>filter[value_after][leads_statuses][0][pipeline_id]</c> and <c>[status_id]</c>.</summary>
    private static HashSet<(long Pipeline, long Status)> Stages(ApiCall call, string name)
    {
        var stages = new HashSet<(long Pipeline, long Status)>();
        for (var index = 0; ; index++)
        {
            var stage = $"filter[{name}][leads_statuses][{index.ToString(CultureInfo.InvariantCulture)}]";
            if (!call.Query.TryGetValue(stage + "[pipeline_id]", out var pipeline) || !call.Query.TryGetValue(stage + "[status_id]", out var status))
            {
                return stages;
            }

            stages.Add((Number(pipeline.ToString()), Number(status.ToString())));
        }
    }

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string Id(int place) => "01" + place.ToString("x24", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, ApiCall call, CrmEvent happened, int place)
    {
        json.WriteStartObject();
        json.WriteString("id", Id(place));
        json.WriteString("type", happened.Type);
        json.WriteNumber("entity_id", happened.EntityId);
        json.WriteString("entity_type", happened.Entity.Singular());
        json.WriteNumber("created_by", happened.CreatedBy);
        json.WriteNumber("created_at", happened.CreatedAt);
        WriteStage(json, "value_after", happened.After);
        WriteStage(json, "value_before", happened.Before);
        json.WriteNumber("account_id", call.State.Account.Id);
        ListLinks.Self(json, call, "/api/v4/events/" + Id(place));
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, string name, StageAt? stage)
    {
        json.WriteStartArray(name);
        if (stage is { } at)
        {
            json.WriteStartObject();
            json.WriteStartObject("lead_status");
            json.WriteNumber("id", at.StatusId);
            json.WriteNumber("pipeline_id", at.PipelineId);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
