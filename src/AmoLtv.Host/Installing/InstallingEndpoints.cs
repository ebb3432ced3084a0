using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Mvc;

namespace AmoLtv.Host.Installing;

/// <summary>The addresses of an install (its start in a browser, and where the CRM sends the code), of its end, and of its state.</summary>
public static class InstallingEndpoints
{
    public static IEndpointRouteBuilder MapInstalling(this IEndpointRouteBuilder endpoints)
    {
        // Beside what an install may cost (InstallLimit): junk is cheap, and still not unbounded.
        var oauth = endpoints.MapGroup("/oauth").RequireRateLimiting(CallerRateLimit.Policy);
        oauth.MapGet("/install", (HttpContext http, [FromQuery(Name = "client_id")] string? clientId, InstallStart start, CancellationToken cancellationToken) =>
            start.BeginAsync(http, clientId, cancellationToken));
        oauth.MapGet("/callback", (HttpContext http, [AsParameters] InstallQuery query, InstallCallback callback, CancellationToken cancellationToken) =>
            callback.ReceiveAsync(http, query, cancellationToken));
        oauth.MapGet("/uninstalled", (
            [FromQuery(Name = "client_uuid")] string? clientId, [FromQuery(Name = "account_id")] string? accountId, string? signature,
            UninstallCallback callback) =>
            callback.ReceiveAsync(clientId, accountId, signature));

        endpoints.MapGroup("/api/connection").WithTags("Operations").RequireCaller().MapGet("", (HttpContext http, ConnectionReport report) => report.AnswerAsync(http))
            .WithSummary("Tells administrators how the connection to the CRM does, in words.");
        return endpoints;
    }
}
