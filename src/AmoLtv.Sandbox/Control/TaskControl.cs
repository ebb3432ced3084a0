using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.Hooks;

namespace AmoLtv.Sandbox.Control;

/// <summary>What a user does with a task by hand.</summary>
internal static class TaskControl
{
    /// <summary>Completes a task: <c>{"result":"Called, will buy in June"}</c>; without a result it is closed silently.</summary>
    public static Task<Answer> CompleteAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var state = call.Sandbox.State;
        if (state.Tasks.Find(call.Id) is not { } task)
        {
            return Problem.NotFound;
        }

        TaskWrites.Save(state, task with { IsCompleted = true, Result = call.Text("result") ?? task.Result, UpdatedAt = state.Clock.Seconds, UpdatedBy = task.ResponsibleUserId });
        return Answer.NoContent;
    }));

    public static Task<Answer> DeleteAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var state = call.Sandbox.State;
        if (state.Tasks.Find(call.Id) is not { } task)
        {
            return Problem.NotFound;
        }

        state.RemoveTask(task.Id);
        state.Hooks?.Happened("delete_task", (form, _) => TaskHook.Write(form, "delete", task, state.Account));
        return Answer.NoContent;
    }));
}
