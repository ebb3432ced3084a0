using Microsoft.AspNetCore.Mvc;

namespace AmoLtv.Host.Installing;

/// <summary>The two addresses of an install: its start in a browser, and where the CRM sends the code.</summary>
public static class InstallingEndpoints
{
    public static IEndpointRouteBuilder MapInstalling(this IEndpointRouteBuilder endpoints)
    {
        var oauth = endpoints.MapGroup("/oauth");
        oauth.MapGet("/install", (HttpContext http, [FromQuery(Name = "client_id")] string? clientId, InstallStart start, CancellationToken cancellationToken) =>
            start.BeginAsync(http, clientId, cancellationToken));
        oauth.MapGet("/callback", (HttpContext http, [AsParameters] InstallQuery query, InstallCallback callback, CancellationToken cancellationToken) =>
            callback.ReceiveAsync(http, query, cancellationToken));
        return endpoints;
    }
}
