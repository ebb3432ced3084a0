using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Pages;

/// <summary>The addresses of the pages: framed by an account's CRM, opened on their own, and the files they load.</summary>
public static class PagesEndpoints
{
    private const string Html = "text/html; charset=utf-8";

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/pages").ExcludeFromDescription();
        pages.MapMethods("/frame", Reading, async (HttpContext http, long? account, string? parent, PageFiles files, AccountAddresses addresses) =>
        {
            if (parent is null)
            {
                await SayAsync(http, StatusCodes.Status400BadRequest, PageNotice.OldWidget);
                return;
            }

            var address = account is { } id ? await addresses.FindAsync(new AccountId(id), http.RequestAborted) : null;
            // Who asks must know the address already: numbers tried one by one tell nobody where the accounts are.
            await (address is null || !AccountAddresses.IsOrigin(parent, address) ? SayAsync(http, StatusCodes.Status404NotFound, PageNotice.UnknownAccount) : ShowAsync(http, files, address));
        }).RequireRateLimiting(CallerRateLimit.Policy);
        pages.MapMethods("/", Reading, (HttpContext http, PageFiles files) => ShowAsync(http, files, parent: null))
            .RequireRateLimiting(PageRateLimit.Policy);
        pages.MapMethods("/assets/{**path}", Reading, (HttpContext http, string? path, PageFiles files) => AssetAsync(http, path ?? "", files))
            .RequireRateLimiting(PageRateLimit.Policy);
        return endpoints;
    }

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static async Task ShowAsync(HttpContext http, PageFiles files, Uri? parent)
    {
        if (files.FindIndex(parent) is not { } page)
        {
            await SayAsync(http, StatusCodes.Status503ServiceUnavailable, PageNotice.NotBuilt);
            return;
        }

        Guard(http, parent);
        // Asked for each time, and sent again only where it differs: a new build is seen at once.
        http.Response.Headers.CacheControl = "no-cache";
        await page.SendAsync(http);
    }

    private static async Task AssetAsync(HttpContext http, string path, PageFiles files)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (files.FindAsset(path) is not { } file)
        {
            // Perhaps another process has the newer build: nobody may remember that it is missing.
            http.Response.Headers.CacheControl = "no-store";
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Its name has a hash of its content.
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        await file.SendAsync(http);
    }

    private static async Task SayAsync(HttpContext http, int status, string words)
    {
        Guard(http, parent: null);
        // It must be readable where it is shown, and nothing on it can be clicked.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = status;
        http.Response.ContentType = Html;
        await http.Response.WriteAsync(words, http.RequestAborted);
    }

    private static void Guard(HttpContext http, Uri? parent)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = PageDocument.Policy(parent);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
    }
}
