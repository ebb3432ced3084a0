namespace AmoLtv.Host.Callers;

/// <summary>Whether a browser says that a request comes from a page of this very service.</summary>
public static class OwnPage
{
    /// <summary>
    /// The host of the origin alone is compared: behind a proxy the service sees neither its scheme nor, at times, its port. The browser's
    /// own word (<c>Sec-Fetch-Site</c>), where it gives one, knows them.
    /// </summary>
    public static bool IsOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            return false;
        }

        return request.Headers.Origin is not [{ } origin]
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase));
    }
}
