using Microsoft.Extensions.Primitives;

namespace AmoLtv.Host.CommandLine;

/// <summary>
/// What every answer tells a browser, whatever route it is of and also where it is an error. An endpoint that says something of its own, as a
/// page does of its scripts and its frame, keeps its word.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>A year. Without subdomains: they are the operator's.</summary>
    internal const string Transport = "max-age=31536000";

    /// <summary>For what is no page: nothing is loaded by it, and nobody frames it.</summary>
    internal const string Policy = "default-src 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(Complete, http);
        return next(http);
    });

    private static Task Complete(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Content-Security-Policy", Policy);
        if (http.Request.IsHttps)
        {
            // A browser that heard it over TLS never asks without; said without TLS it would be ignored, and anybody could have said it.
            headers.TryAdd("Strict-Transport-Security", (StringValues)Transport);
        }

        return Task.CompletedTask;
    }
}
