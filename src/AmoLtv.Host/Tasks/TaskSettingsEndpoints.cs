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
        group.MapPut("/", PutAsync).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Sets which tasks the account wants, unless somebody else has since they were read.");
        return endpoints;
    }

    private static async Task<Ok<TaskDocument>> GetAsync(HttpContext http, TaskSettingsStore store) =>
        TypedResults.Ok(TaskDocument.Of((await store.GetAsync(http.Caller().Account, http.RequestAborted)).Settings));

    private static async Task<Ok<TaskDocument>> PutAsync(TaskDocument body, HttpContext http, TaskSettingsStore store, TrailedChange changes)
    {
        var account = http.Caller().Account;
        // A page that is left breaks no write off.
        var unbroken = CancellationToken.None;
        return TypedResults.Ok(TaskDocument.Of(await changes.MakeAsync(
            http.Caller(),
            TrailStore.Tasks,
            body.Seen,
            async connection => (await store.GetAsync(connection, account, unbroken)).Settings,
            (connection, _) => store.SaveAsync(connection, account, body.ToSettings(), unbroken),
            unbroken)));
    }
}
