using System.Security.Cryptography;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.WebUtilities;

namespace AmoLtv.Host.Installing;

/// <summary>Begins an install in a browser: a state bound to the browser by a cookie, then the CRM's own page.</summary>
public sealed class InstallStart(IntegrationDirectory integrations, OAuthStates states, InstallLimit limit)
{
    /// <summary>Name of the cookie that ties a state to the browser: one for each install, so that two tabs do not end each other's.</summary>
    public static string CookieOf(string? nonce) => $"amoltv_install_{nonce}";

    internal async Task<IResult> BeginAsync(HttpContext http, string? clientId, CancellationToken cancellationToken)
    {
        if (Choose(clientId) is not { } integration)
        {
            return InstallPage.Show(InstallResult.UnknownIntegration, http.Request.Headers.AcceptLanguage);
        }

        if (!limit.AllowsBegin(CallerAddress.Of(http.Connection.RemoteIpAddress)))
        {
            return InstallPage.Show(InstallResult.TooMany, http.Request.Headers.AcceptLanguage);
        }

        var browser = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var (nonce, state) = await states.BeginAsync(integration.ClientId, browser, cancellationToken);
        http.Response.Cookies.Append(CookieOf(nonce), browser, new CookieOptions
        {
            HttpOnly = true,
            // Lax: the cookie comes back with the CRM's redirect, a navigation of the whole window.
            SameSite = SameSiteMode.Lax,
            Secure = integration.Crm.RedirectUri.Scheme == Uri.UriSchemeHttps,
            Path = "/oauth",
            MaxAge = OAuthStates.Lifetime,
        });
        return Results.Redirect(QueryHelpers.AddQueryString(integration.AuthorizeUri.OriginalString, new Dictionary<string, string?>
        {
            ["client_id"] = integration.ClientId,
            ["state"] = state,
        }));
    }

    /// <summary>The named integration; without a name the only one there is.</summary>
    internal Integration? Choose(string? clientId) =>
        string.IsNullOrEmpty(clientId) && integrations.All is [var only] ? only : integrations.Find(clientId);
}
