using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AmoLtv.Host.Observing;

/// <summary>Endpoints for whoever watches the service.</summary>
public static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: the process answers; nothing else is looked at, so that a database that is away restarts nobody.
    /// <c>/health/ready</c>: it can do its work; else the names of what is missing. Neither tells of the inside.
    /// </summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("/health").ExcludeFromDescription();
        health.MapGet("/live", (HttpContext http) => Answer(http, "Healthy", StatusCodes.Status200OK));
        health.MapGet("/ready", async (HttpContext http, Readiness readiness) =>
        {
            var missing = (await readiness.AskAsync()).Entries.Where(check => check.Value.Status == HealthStatus.Unhealthy).Select(check => check.Key).ToList();
            return missing.Count == 0
                ? Answer(http, "Healthy", StatusCodes.Status200OK)
                : Answer(http, "Unhealthy: " + string.Join(", ", missing.Order(StringComparer.Ordinal)), StatusCodes.Status503ServiceUnavailable);
        });
        return endpoints;
    }

    private static ContentHttpResult Answer(HttpContext http, string words, int status)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(words, statusCode: status);
    }
}
