using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Callers;

/// <summary>Tells whether a browser says that a request comes from a page of this very service.</summary>
public sealed class OwnPage(IntegrationDirectory integrations)
{
    /// <summary>
    /// The host of the origin alone is compared, with the one that was asked and with those of the redirect addresses, which are this
    /// service's own: behind a proxy it sees neither scheme nor port of its address, and not always its name. The browser's own word
    /// (<c>Sec-Fetch-Site</c>), where it gives one, knows them.
    /// </summary>
    public bool IsOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            return false;
        }

        return request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsOwn(page.Host, request));
    }

    private bool IsOwn(string host, HttpRequest request) =>
        string.Equals(host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        || integrations.All.Any(integration => string.Equals(host, integration.Crm.RedirectUri.Host, StringComparison.OrdinalIgnoreCase));
}
