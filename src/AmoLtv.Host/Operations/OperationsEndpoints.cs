using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Operations;

/// <summary>The endpoints of what the service does for an account, for its administrators.</summary>
public static class OperationsEndpoints
{
    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/operations").WithTags("Operations").RequireAdmin().AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "private, no-store";
            context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        group.MapGet("/queue", (HttpContext http, QueueReader queue) => queue.ReadAsync(Account(http), http.RequestAborted))
            .WithSummary("What runs, what waits, how fresh everything is, and when the next night comes.");
        group.MapPost("/requests", (RequestBody body, HttpContext http, RequestDesk desk) => desk.AskAsync(Caller(http), body, http.RequestAborted))
            .WithSummary("Asks for a run: recalculate, preview, freshPreview, writeBack or undo. Asked twice before it is done, it is done once.");
        group.MapGet("/requests/{request:long}", GetRequestAsync)
            .WithSummary("A run that was asked for, and the run that does it.");
        group.MapDelete("/requests/{request:long}", DropRequestAsync)
            .WithSummary("Takes back a run that was asked for and has not begun.");
        group.MapGet("/conflicts", (HttpContext http, ConflictReader conflicts, string? cursor, int? limit) =>
            conflicts.ListAsync(Account(http), cursor, PageSize.Of(limit), http.RequestAborted))
            .WithSummary("Fields of cards that something else writes too.");
        group.MapPost("/conflicts/{card}/{id:long}/{field:long}/resume", ResumeAsync)
            .WithSummary("Forgets a conflict: the next run writes the field again.");
        group.MapPost("/conflicts/{card}/{id:long}/{field:long}/leave", LeaveAsync)
            .WithSummary("Leaves the field of this card to whoever else writes it.");
        group.MapGet("/tasks/summary", (HttpContext http, TaskReader tasks) => tasks.SummaryAsync(Account(http), http.RequestAborted))
            .WithSummary("What came of the tasks, by their reason.");
        group.MapGet("/tasks", (HttpContext http, TaskReader tasks, string? kind, string? status, string? cursor, int? limit) =>
            tasks.ListAsync(Account(http), kind, status, cursor, PageSize.Of(limit), http.RequestAborted))
            .WithSummary("The tasks, the newest first.");
        group.MapGet("/exchanges", (HttpContext http, ExchangeSearch exchanges, string? status, string? path, string? cursor, int? limit) =>
            exchanges.ListAsync(Account(http), status, path, cursor, PageSize.Of(limit), http.RequestAborted))
            .WithSummary("The log of calls to the CRM, by answer and by a part of the address.");
        group.MapRuns();
        return endpoints;
    }

    internal static Caller Caller(HttpContext http) => http.Features.GetRequiredFeature<Caller>();

    internal static AccountId Account(HttpContext http) => Caller(http).Account;

    private static async Task<Results<Ok<RequestAnswer>, ProblemHttpResult>> GetRequestAsync(long request, HttpContext http, RunRequestStore requests) =>
        await requests.FindAsync(Account(http), request, http.RequestAborted) is { } answer ? TypedResults.Ok(answer) : OperationProblem.NoRequest(request);

    private static async Task<Results<NoContent, ProblemHttpResult>> DropRequestAsync(long request, HttpContext http, RunRequestStore requests) =>
        await requests.DropAsync(Account(http), request, http.RequestAborted) ? TypedResults.NoContent() : OperationProblem.NoRequest(request);

    private static async Task<Results<NoContent, ProblemHttpResult>> ResumeAsync(string card, long id, long field, HttpContext http, ConflictReader conflicts) =>
        CardKind.Read(card) is { } kind && await conflicts.ResumeAsync(Account(http), kind, id, field, http.RequestAborted)
            ? TypedResults.NoContent()
            : OperationProblem.NoConflict();

    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(string card, long id, long field, HttpContext http, ConflictReader conflicts) =>
        CardKind.Read(card) is { } kind && await conflicts.LeaveAsync(Account(http), kind, id, field, http.RequestAborted)
            ? TypedResults.NoContent()
            : OperationProblem.NoConflict();
}
