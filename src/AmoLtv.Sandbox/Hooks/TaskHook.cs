using System.Globalization;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Hooks;

/// <summary>A task in a hook: the root is singular, dates are text in the account's local time.</summary>
internal static class TaskHook
{
    /// <param name="action">add, update or delete.</param>
    public static void Write(HookForm form, string action, CrmTask task, AccountFacts account)
    {
        var at = $"task[{action}][0]";
        form.Add(at + "[id]", task.Id);
        form.Add(at + "[element_id]", task.EntityId ?? 0);
        form.Add(at + "[element_type]", (long?)task.Entity ?? 0);
        form.Add(at + "[task_type]", task.TaskTypeId);
        form.Add(at + "[date_create]", Local(task.CreatedAt, account));
        form.Add(at + "[text]", task.Text);
        form.Add(at + "[status]", task.IsCompleted ? 1 : 0);
        form.Add(at + "[account_id]", account.Id);
        form.Add(at + "[created_user_id]", task.CreatedBy);
        form.Add(at + "[responsible_user_id]", task.ResponsibleUserId);
        form.Add(at + "[last_modified]", Local(task.UpdatedAt, account));
        form.Add(at + "[complete_till]", Local(task.CompleteTill, account));
        form.Add(at + "[action_close]", task.IsCompleted ? 1 : 0);
    }

    private static string Local(long seconds, AccountFacts account) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), account.TimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
