using System.Text.Json;
using AmoLtv.Sandbox.Hooks;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>POST and PATCH of tasks.</summary>
internal static class TaskWrites
{
    public static Answer Create(ApiCall call) => Many(call, (element, place, errors) =>
    {
        var now = call.State.Clock.Seconds;
        var blank = new CrmTask(
            call.State.Tasks.NextId + place, "", null, null, call.User.Id, TaskTypeId: 1, CompleteTill: 0, Duration: 0, IsCompleted: false, Result: null,
            call.User.Id, call.User.Id, now, now);
        var task = Changed(call.State, blank, element, errors);
        if (string.IsNullOrWhiteSpace(task.Text))
        {
            errors.Add(FieldError.Missing("text"));
        }

        if (task.CompleteTill == 0)
        {
            errors.Add(FieldError.Missing("complete_till"));
        }

        return task;
    });

    /// <summary>Elements of an unknown id are left out of the answer, as those of entities are.</summary>
    public static Answer PatchMany(ApiCall call) => Many(call, (element, _, errors) =>
    {
        if (Whole(element, "id", errors) is not { } id)
        {
            errors.Add(FieldError.Missing("id"));
            return null;
        }

        return call.State.Tasks.Find(id) is { } task ? Changed(call.State, Touched(call, task), element, errors) : null;
    });

    public static Answer PatchOne(ApiCall call)
    {
        if (call.Body.ValueKind != JsonValueKind.Object)
        {
            return Problem.EmptyBody;
        }

        if (call.State.Tasks.Find(call.RouteId) is not { } task)
        {
            return Problem.NotFound;
        }

        var errors = new List<FieldError>();
        var changed = Changed(call.State, Touched(call, task), call.Body, errors);
        if (errors.Count > 0)
        {
            return Problem.Validation([new RefusedElement("0", errors)]);
        }

        Save(call.State, changed);
        return Answer.Hal(json => WriteShort(json, call, changed, requestId: null));
    }

    /// <summary>Saves a task; subscriptions and events hear of it.</summary>
    public static void Save(SandboxState state, CrmTask task)
    {
        var isNew = state.Tasks.Find(task.Id) is null;
        state.Save(task);
        state.Hooks?.Happened(isNew ? "add_task" : "update_task", (form, _) => TaskHook.Write(form, isNew ? "add" : "update", task, state.Account));
    }

    private static Answer Many(ApiCall call, Func<JsonElement, int, List<FieldError>, CrmTask?> read)
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
        var saved = new List<(CrmTask Task, string RequestId)>();
        for (var place = 0; place < elements.Count; place++)
        {
            var errors = new List<FieldError>();
            var requestId = EntityWrites.RequestId(elements[place], place);
            var task = read(elements[place], place, errors);
            if (errors.Count > 0)
            {
                faulty.Add(new RefusedElement(requestId, errors));
            }
            else if (task is not null)
            {
                saved.Add((task, requestId));
            }
        }

        if (faulty.Count > 0)
        {
            return Problem.Validation(faulty);
        }

        saved.ForEach(item => Save(call.State, item.Task));
        return Saved(call, saved);
    }

    private static Answer Saved(ApiCall call, List<(CrmTask Task, string RequestId)> saved) => Answer.Hal(json =>
    {
        json.WriteStartObject();
        ListLinks.Self(json, call, call.Path);
        json.WriteStartObject("_embedded");
        json.WriteStartArray("tasks");
        saved.ForEach(item => WriteShort(json, call, item.Task, item.RequestId));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteShort(Utf8JsonWriter json, ApiCall call, CrmTask task, string? requestId)
    {
        json.WriteStartObject();
        json.WriteNumber("id", task.Id);
        json.WriteNumber("updated_at", task.UpdatedAt);
        if (requestId is not null)
        {
            json.WriteString("request_id", requestId);
        }

        ListLinks.Self(json, call, TasksAnswer.Address(task));
        json.WriteEndObject();
    }

    private static CrmTask Touched(ApiCall call, CrmTask task) => task with { UpdatedAt = call.State.Clock.Seconds, UpdatedBy = call.User.Id };

    private static CrmTask Changed(SandboxState state, CrmTask task, JsonElement sent, List<FieldError> errors)
    {
        task = task with
        {
            Text = sent.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : task.Text,
            CompleteTill = Whole(sent, "complete_till", errors) ?? task.CompleteTill,
            TaskTypeId = Whole(sent, "task_type_id", errors) ?? task.TaskTypeId,
            Duration = Whole(sent, "duration", errors) ?? task.Duration,
            ResponsibleUserId = Whole(sent, "responsible_user_id", errors) ?? task.ResponsibleUserId,
            IsCompleted = sent.TryGetProperty("is_completed", out var completed) ? completed.ValueKind == JsonValueKind.True : task.IsCompleted,
            Result = sent.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object && result.TryGetProperty("text", out var outcome) ? outcome.ToString() : task.Result,
        };
        if (state.User(task.ResponsibleUserId) is null)
        {
            errors.Add(FieldError.NotSupportedChoice("responsible_user_id"));
        }

        return About(state, task, sent, errors);
    }

    private static CrmTask About(SandboxState state, CrmTask task, JsonElement sent, List<FieldError> errors)
    {
        if (Whole(sent, "entity_id", errors) is not { } entityId)
        {
            return task;
        }

        var kind = sent.TryGetProperty("entity_type", out var type) ? EntityKinds.Parse(type.ToString()) : task.Entity;
        if (kind is null)
        {
            errors.Add(FieldError.NotSupportedChoice("entity_type"));
        }
        else if (state.Find(kind.Value, entityId) is not { IsDeleted: false })
        {
            errors.Add(FieldError.NotSupportedChoice("entity_id"));
        }

        return task with { Entity = kind, EntityId = entityId };
    }

    private static long? Whole(JsonElement sent, string name, List<FieldError> errors)
    {
        if (!sent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
        {
            return number;
        }

        errors.Add(FieldError.InvalidType(name, "int"));
        return null;
    }
}
