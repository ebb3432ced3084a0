using System.Net.Http.Headers;
using AmoLtv.Core.Identity;
using Microsoft.Net.Http.Headers;

namespace AmoLtv.Host.Callers;

/// <summary>
/// Recognises the pages of this service: framed ones by the token that their parent handed over, those opened on their own by their
/// cookie. What the user may see is looked up with each request, so that a right taken away is not kept by a session.
/// </summary>
public sealed class PageCaller(PageTokens tokens, SessionStore sessions, CallerStore callers, OwnPage own)
{
    /// <summary>What a write needs beside the cookie, and a read may show to be answered in no other session than its page's.</summary>
    public const string AntiForgeryHeader = "X-AmoLtv-Anti-Forgery";

    private const string Scheme = "Bearer";

    public static bool ShowsToken(HttpRequest request) => request.Headers.ContainsKey(HeaderNames.Authorization);

    public static bool ShowsCookie(HttpRequest request) => SessionCookie.Read(request) is not null;

    /// <summary>By the header <c>Authorization</c>.</summary>
    public async Task<CallerVerdict> RecogniseTokenAsync(HttpContext http)
    {
        if (!own.IsOrigin(http.Request))
        {
            return CallerProblem.Origin();
        }

        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, Scheme, StringComparison.OrdinalIgnoreCase)
            || tokens.Read(header.Parameter ?? "") is not { } token)
        {
            return CallerProblem.Token("The token of the page is not valid or has ended. The page asks for a new one; if it does not, open it again.");
        }

        return await StandAsync(token.Account, token.User, token.Vouching, token.Role, CallerProof.PageToken, http.RequestAborted);
    }

    /// <summary>
    /// By the cookie; a write needs the anti-forgery header too. All tabs of a browser share one cookie, so that a page may send it after
    /// another tab has begun a session of another account: a word that belongs to another session is refused with every method.
    /// </summary>
    public async Task<CallerVerdict> RecogniseCookieAsync(HttpContext http)
    {
        if (!own.IsOrigin(http.Request))
        {
            return CallerProblem.Origin();
        }

        var secret = SessionCookie.Read(http.Request)!;
        if (await sessions.FindAsync(secret, http.RequestAborted) is not { } session)
        {
            SessionCookie.Remove(http.Response);
            return CallerProblem.Session();
        }

        var said = http.Request.Headers[AntiForgeryHeader];
        if ((said.Count > 0 || IsWrite(http.Request.Method)) && !secret.IsAntiForgery(said.ToString()))
        {
            return CallerProblem.AntiForgery();
        }

        if (session.IsProlonged)
        {
            SessionCookie.Set(http.Response, secret, session.ExpiresAt);
        }

        http.Features.Set(session);
        return await StandAsync(secret.Account, session.User, session.Vouching, Role.Admin, CallerProof.Cookie, http.RequestAborted);
    }

    private async Task<CallerVerdict> StandAsync(
        AccountId account, UserId user, CrmVouching vouching, Role most, CallerProof proof, CancellationToken cancellationToken)
    {
        if (await callers.FindAsync(account, vouching.ClientId, user, cancellationToken) is not { } standing)
        {
            return CallerProblem.UnknownAccount();
        }

        if (standing.IsSwitchedOff)
        {
            return CallerProblem.SwitchedOff();
        }

        return RoleRule.Decide(standing, vouching) is { } role
            ? new Caller(account, user, role < most ? role : most, standing.BaseAddress, proof, vouching)
            : CallerProblem.Session();
    }

    private static bool IsWrite(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);
}
