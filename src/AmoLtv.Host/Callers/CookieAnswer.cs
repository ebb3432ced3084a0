namespace AmoLtv.Host.Callers;

/// <summary>A session of a page opened on its own.</summary>
/// <param name="AntiForgery">To be sent with every request of the page (header <c>X-AmoLtv-Anti-Forgery</c>); a write is refused without it.</param>
/// <param name="Account">Id of the account in the CRM that the session belongs to.</param>
/// <param name="User">Id of the user in the CRM that the session speaks for.</param>
public sealed record CookieAnswer(string AntiForgery, DateTimeOffset ExpiresAt, long Account, long User)
{
    internal static CookieAnswer Of(SessionSecret secret, StoredSession session) =>
        new(secret.AntiForgery, session.ExpiresAt, secret.Account.Value, session.User.Value);
}
