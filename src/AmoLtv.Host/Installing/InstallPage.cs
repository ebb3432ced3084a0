using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace AmoLtv.Host.Installing;

/// <summary>The page a browser gets at the end of an install, in Russian or English. No script, nothing from outside.</summary>
internal static class InstallPage
{
    // Russian letters stay readable in the source of the page; what HTML gives a meaning is still escaped.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="acceptLanguage">Header of the browser; Russian where it prefers Russian or says nothing.</param>
    /// <param name="detail">The CRM's words, shown as they are, escaped.</param>
    public static IResult Show(InstallResult result, string? acceptLanguage, string? detail = null)
    {
        var isRussian = IsRussian(acceptLanguage);
        var (title, text) = isRussian ? InstallWords.Russian(result) : InstallWords.English(result);
        return new PageResult(Html(isRussian ? "ru" : "en", title, text, detail), Status(result));
    }

    private static int Status(InstallResult result) => result switch
    {
        InstallResult.Connected => StatusCodes.Status200OK,
        InstallResult.Working => StatusCodes.Status202Accepted,
        InstallResult.AccessDenied or InstallResult.NotAdmin or InstallResult.AdminConnected => StatusCodes.Status403Forbidden,
        InstallResult.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };

    private static bool IsRussian(string? acceptLanguage)
    {
        if (string.IsNullOrWhiteSpace(acceptLanguage))
        {
            return true;
        }

        var russian = acceptLanguage.IndexOf("ru", StringComparison.OrdinalIgnoreCase);
        var english = acceptLanguage.IndexOf("en", StringComparison.OrdinalIgnoreCase);
        return russian >= 0 && (english < 0 || russian < english);
    }

    private static string Html(string language, string title, string text, string? detail)
    {
        var words = string.IsNullOrWhiteSpace(detail) ? "" : $"<p class=\"detail\">{Encoder.Encode(detail)}</p>";
        return $$"""
            <!doctype html>
            <html lang="{{language}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Encoder.Encode(title)}}</title>
            <style>
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif; background: #f4f5f7; color: #1f2733; }
            main { max-width: 30rem; margin: 1rem; padding: 2rem; background: #fff; border-radius: 12px; box-shadow: 0 1px 4px rgb(0 0 0 / 12%); }
            h1 { margin: 0 0 .75rem; font-size: 1.375rem; }
            p { margin: 0 0 .75rem; }
            .detail { color: #5b6575; font-size: .875rem; overflow-wrap: anywhere; }
            @media (prefers-color-scheme: dark) { body { background: #14181f; color: #e6e9ee; } main { background: #1e242d; } .detail { color: #9aa5b5; } }
            </style>
            </head>
            <body><main><h1>{{Encoder.Encode(title)}}</h1><p>{{Encoder.Encode(text)}}</p>{{words}}</main></body>
            </html>
            """;
    }

    private sealed class PageResult(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.XContentTypeOptions = "nosniff";
            return response.WriteAsync(html);
        }
    }
}
