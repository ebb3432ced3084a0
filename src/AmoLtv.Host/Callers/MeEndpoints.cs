using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Callers;

/// <summary>The first thing a page asks.</summary>
public static class MeEndpoints
{
    public static IEndpointRouteBuilder MapMe(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGroup("/api/me").WithTags("Sessions").RequireCaller()
            .MapGet("", (HttpContext http, MeReader reader) => ReadAsync(http, reader))
            .WithSummary("Tells who asks, of which account, with which role, and how the account does.");
        return endpoints;
    }

    private static async Task<Results<Ok<MeAnswer>, ProblemHttpResult>> ReadAsync(HttpContext http, MeReader reader)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return await reader.ReadAsync(http.Features.GetRequiredFeature<Caller>(), http.RequestAborted) is { } answer
            ? TypedResults.Ok(answer)
            : CallerProblem.UnknownAccount();
    }
}
