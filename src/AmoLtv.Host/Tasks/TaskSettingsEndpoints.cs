using AmoLtv.Core.Tasks;
using AmoLtv.Host.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Tasks;

/// <summary>Endpoints of which tasks an account wants.</summary>
public static class TaskSettingsEndpoints
{
    public static IEndpointRouteBuilder MapTaskSettings(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapSettingsGroup("/tasks");
        group.MapGet("/", GetAsync).WithSummary("Shows which tasks the account wants.");
        group.MapPut("/", PutAsync).WithSummary("Sets which tasks the account wants.");
        return endpoints;
    }

    private static async Task<Ok<TaskSettings>> GetAsync(HttpContext http, TaskSettingsStore store) =>
        TypedResults.Ok((await store.GetAsync(http.Caller().Account, http.RequestAborted)).Settings);

    private static async Task<Ok<TaskSettings>> PutAsync(TaskSettings body, HttpContext http, TaskSettingsStore store, TrailStore trail)
    {
        var caller = http.Caller();
        var (before, _) = await store.GetAsync(caller.Account, http.RequestAborted);
        await store.SaveAsync(caller.Account, body, http.RequestAborted);
        await trail.AddAsync(caller.Account, caller.User, TrailStore.Tasks, before, body, http.RequestAborted);
        return TypedResults.Ok(body);
    }
}
