using System.Globalization;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>
/// A user's own browser, which calls the API from a page of the CRM without any token: it may read what its user may. The cookie stands
/// for the CRM's session; the page sets it for whoever its address names.
/// </summary>
internal static class BrowserSession
{
    /// <summary>Stands for the integration in the count of requests: the CRM's pages have a share of the account's own.</summary>
    public const string Client = "browser";

    private const string Cookie = "sandbox_user";

    /// <returns>Null where it is no such call: then a token is needed.</returns>
    public static CrmUser? UserOf(HttpContext http, SandboxState state) =>
        HttpMethods.IsGet(http.Request.Method)
        && !http.Request.Headers.ContainsKey("Authorization")
        && http.Request.Headers.XRequestedWith == "XMLHttpRequest"
        && long.TryParse(http.Request.Cookies[Cookie], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && state.User(id) is { IsActive: true } user ? user : null;
}
