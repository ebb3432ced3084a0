using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Callers;

/// <summary>Who may see analytics besides administrators, for administrators to read and change.</summary>
public static class AccessEndpoints
{
    private const int MostViewers = 1000;

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder endpoints)
    {
        var access = endpoints.MapGroup("/api/access").WithTags("Access").RequireAdmin();
        access.MapGet("", (HttpContext http, AccessStore store) => ReadAsync(http, store))
            .WithSummary("Lists the users of the account and whether they may see analytics.");
        access.MapPut("", (HttpContext http, AccessChange change, AccessStore store) => SaveAsync(http, change, store))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Names the users who may see analytics besides administrators.");
        return endpoints;
    }

    private static async Task<Ok<AccessAnswer>> ReadAsync(HttpContext http, AccessStore store)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Ok(await store.ReadAsync(http.Features.GetRequiredFeature<Caller>().Account, http.RequestAborted));
    }

    private static async Task<Results<Ok<AccessAnswer>, ProblemHttpResult>> SaveAsync(HttpContext http, AccessChange change, AccessStore store)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var caller = http.Features.GetRequiredFeature<Caller>();
        var current = await store.ReadAsync(caller.Account, http.RequestAborted);
        if (change.Viewers is not { } viewers || viewers.Count > MostViewers || viewers.Except(current.Users.Select(user => user.Id)).Any())
        {
            return CallerProblem.Of(
                StatusCodes.Status400BadRequest, "unknownUser", "A user in the list is not an active user of the account. Reload the list and choose again.");
        }

        return await store.TrySaveAsync(caller.Account, caller.User, change.Version, viewers.Distinct().ToList(), http.RequestAborted)
            ? TypedResults.Ok(await store.ReadAsync(caller.Account, http.RequestAborted))
            : CallerProblem.Stale(
                "The list was changed meanwhile. Look at it as it is now and change it again.",
                await store.ReadAsync(caller.Account, http.RequestAborted));
    }
}
