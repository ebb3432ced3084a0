using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of tasks. Their filters belong to no paid add-on.</summary>
internal static class TasksAnswer
{
    public static Answer List(ApiCall call)
    {
        var list = ListQuery.Read(call);
        if (list is null)
        {
            return Problem.TooMany;
        }

        var tasks = Ordered(call, call.State.Tasks.All.Where(Wanted(call))).ToList();
        var page = tasks.Skip((int)Math.Min(list.Skip, int.MaxValue)).Take(list.Limit).ToList();
        return page.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_page", list.Page);
            ListLinks.Write(json, call, list.Page, list.Skip + list.Limit < tasks.Count);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("tasks");
            page.ForEach(task => Write(json, call, task));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer One(ApiCall call) => call.State.Tasks.Find(call.RouteId) is { } task ? Answer.Hal(json => Write(json, call, task)) : Answer.NoContent;

    public static string Address(CrmTask task) => string.Create(CultureInfo.InvariantCulture, $"/api/v4/tasks/{task.Id}");

    private static IEnumerable<CrmTask> Ordered(ApiCall call, IEnumerable<CrmTask> tasks)
    {
        foreach (var (name, key) in (ReadOnlySpan<(string, Func<CrmTask, long>)>)[("order[complete_till]", task => task.CompleteTill), ("order[created_at]", task => task.CreatedAt), ("order[id]", task => task.Id)])
        {
            if (call.Query.TryGetValue(name, out var direction))
            {
                return string.Equals(direction, "desc", StringComparison.OrdinalIgnoreCase) ? tasks.OrderByDescending(key) : tasks.OrderBy(key);
            }
        }

        return tasks;
    }

    private static Func<CrmTask, bool> Wanted(ApiCall call)
    {
        var ids = Numbers(call, "id");
        var responsible = Numbers(call, "responsible_user_id");
        var types = Numbers(call, "task_type");
        var entityIds = Numbers(call, "entity_id");
        var completed = call.Query["filter[is_completed]"].ToString();
        var entity = EntityKinds.Parse(call.Query["filter[entity_type]"].ToString());
        var from = Bound(call, "[from]") ?? Bound(call, "") ?? long.MinValue;
        var to = Bound(call, "[to]") ?? long.MaxValue;
        return task => (ids.Count == 0 || ids.Contains(task.Id))
            && (responsible.Count == 0 || responsible.Contains(task.ResponsibleUserId))
            && (types.Count == 0 || types.Contains(task.TaskTypeId))
            && (entityIds.Count == 0 || (task.EntityId is { } about && entityIds.Contains(about)))
            && (completed.Length == 0 || (completed is "1" or "true") == task.IsCompleted)
            && (entity is null || task.Entity == entity)
            && task.UpdatedAt >= from && task.UpdatedAt <= to
            && (call.User is { IsAdmin: true } or { SeesOnlyOwn: false } || task.ResponsibleUserId == call.User.Id);
    }

    private static long? Bound(ApiCall call, string which) =>
        long.TryParse(call.Query["filter[updated_at]" + which].ToString(), CultureInfo.InvariantCulture, out var moment) ? moment : null;

    private static HashSet<long> Numbers(ApiCall call, string name) => call.Query
        .Where(pair => pair.Key == $"filter[{name}]" || pair.Key.StartsWith($"filter[{name}][", StringComparison.Ordinal))
        .SelectMany(pair => pair.Value)
        .SelectMany(value => (value ?? "").Split(','))
        .Select(text => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1)
        .ToHashSet();

    private static void Write(Utf8JsonWriter json, ApiCall call, CrmTask task)
    {
        json.WriteStartObject();
        json.WriteNumber("id", task.Id);
        json.WriteNumber("created_by", task.CreatedBy);
        json.WriteNumber("updated_by", task.UpdatedBy);
        json.WriteNumber("created_at", task.CreatedAt);
        json.WriteNumber("updated_at", task.UpdatedAt);
        json.WriteNumber("responsible_user_id", task.ResponsibleUserId);
        json.WriteNumber("group_id", 0);
        if (task.EntityId is { } entityId)
        {
            json.WriteNumber("entity_id", entityId);
        }
        else
        {
            json.WriteNull("entity_id");
        }

        json.WriteString("entity_type", task.Entity?.Plural());
        json.WriteNumber("duration", task.Duration);
        json.WriteBoolean("is_completed", task.IsCompleted);
        json.WriteNumber("task_type_id", task.TaskTypeId);
        json.WriteString("text", task.Text);
        WriteResult(json, task.Result);
        json.WriteNumber("complete_till", task.CompleteTill);
        json.WriteNumber("account_id", call.State.Account.Id);
        ListLinks.Self(json, call, Address(task));
        json.WriteEndObject();
    }

    /// <summary>An object with the text, or PHP's empty array where there is none.</summary>
    private static void WriteResult(Utf8JsonWriter json, string? result)
    {
        if (result is null)
        {
            json.WriteStartArray("result");
            json.WriteEndArray();
            return;
        }

        json.WriteStartObject("result");
        json.WriteString("text", result);
        json.WriteEndObject();
    }
}
