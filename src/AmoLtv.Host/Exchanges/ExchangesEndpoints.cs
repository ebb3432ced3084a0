using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Exchanges;

/// <summary>The endpoint of the log of calls, for administrators of the account.</summary>
public static class ExchangesEndpoints
{
    private const int DefaultLimit = 100;

    public static IEndpointRouteBuilder MapExchanges(this IEndpointRouteBuilder endpoints)
    {
        var exchanges = endpoints.MapGroup("/api/exchanges").WithTags("Operations").RequireAdmin();
        exchanges.MapGet("/", (HttpContext http, ExchangeReader reader, long? before, int? limit) => GetAsync(http, reader, before, limit))
            .WithSummary("Lists calls to the CRM, the newest first.");
        return endpoints;
    }

    private static async Task<Ok<ExchangePage>> GetAsync(HttpContext http, ExchangeReader reader, long? before, int? limit)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var caller = http.Features.GetRequiredFeature<Caller>();
        return TypedResults.Ok(await reader.ReadAsync(caller.Account, before, limit ?? DefaultLimit, http.RequestAborted));
    }
}
