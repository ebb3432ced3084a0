namespace AmoLtv.Host.Callers;

/// <summary>The cookie of a page that is opened on its own: no script reads it, no other site sends it, only the API gets it.</summary>
internal static class SessionCookie
{
    public const string Name = "amoltv-session";

    private const string Path = "/api";

    public static SessionSecret? Read(HttpRequest request) => SessionSecret.Read(request.Cookies[Name]);

    public static void Set(HttpResponse response, SessionSecret secret, DateTimeOffset expiresAt) =>
        response.Cookies.Append(Name, secret.Text, Options(expiresAt));

    public static void Remove(HttpResponse response) => response.Cookies.Delete(Name, Options(expiresAt: null));

    private static CookieOptions Options(DateTimeOffset? expiresAt) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = Path, Expires = expiresAt };
}
