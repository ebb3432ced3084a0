using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Callers;

/// <summary>How the pages get to speak in a user's name: framed in the CRM, or opened on their own.</summary>
public static class SessionsEndpoints
{
    private const string Tag = "Sessions";

    public static IEndpointRouteBuilder MapSessions(this IEndpointRouteBuilder endpoints)
    {
        var sessions = endpoints.MapGroup("/api/sessions").WithTags(Tag).RequireCaller();
        // A page's own token makes no new one: the CRM must vouch again.
        sessions.MapPost("", (HttpContext http, PageTokens tokens, CallerStore callers) => IssueAsync(http, tokens, callers))
            .AllowWidgetWrites()
            .AddEndpointFilter(new ProofFilter(CallerProof.Widget))
            .WithSummary("Gives a framed page a token of 15 minutes, for a token of the CRM.");
        sessions.MapPost("/codes", (HttpContext http, SessionStore store) => CreateCodeAsync(http, store))
            .AllowWidgetWrites()
            .AddEndpointFilter(new ProofFilter(CallerProof.Widget, CallerProof.PageToken))
            .WithSummary("Gives a single-use code of 60 seconds that opens the pages outside the CRM.");
        sessions.MapGet("/cookie", (HttpContext http) => ReadCookie(http))
            .AddEndpointFilter(new ProofFilter(CallerProof.Cookie))
            .WithSummary("Tells a reloaded page whose session it has, and the word its requests need.");
        sessions.MapDelete("/cookie", (HttpContext http, SessionStore store) => EndAsync(http, store))
            .AddEndpointFilter(new ProofFilter(CallerProof.Cookie))
            .WithSummary("Ends the session of a page opened on its own.");

        // Nobody is known yet: the code is the proof.
        endpoints.MapPost("/api/sessions/cookie", (HttpContext http, CodeExchange exchange, SessionStore store, OwnPage own) => ExchangeAsync(http, exchange, store, own))
            .RequireRateLimiting(CallerRateLimit.Policy)
            .WithMetadata(BodyLimit.Small)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .WithTags(Tag)
            .WithSummary("Exchanges a single-use code for the cookie of a session.");
        return endpoints;
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> IssueAsync(HttpContext http, PageTokens tokens, CallerStore callers)
    {
        NotStored(http);
        var caller = http.Features.GetRequiredFeature<Caller>();
        var standing = await callers.FindAsync(caller.Account, caller.Vouching.ClientId, caller.User, http.RequestAborted);
        if (standing is not { IsSwitchedOff: false })
        {
            return CallerProblem.SwitchedOff();
        }

        var (token, expiresAt) = tokens.Issue(caller);
        return TypedResults.Ok(new SessionAnswer(token, expiresAt, caller.Role));
    }

    private static async Task<Ok<CodeAnswer>> CreateCodeAsync(HttpContext http, SessionStore store)
    {
        NotStored(http);
        var (code, expiresAt) = await store.CreateCodeAsync(http.Features.GetRequiredFeature<Caller>(), http.RequestAborted);
        return TypedResults.Ok(new CodeAnswer(code.Text, expiresAt, "/pages/#code=" + code.Text));
    }

    private static async Task<Results<Ok<CookieAnswer>, ProblemHttpResult>> ExchangeAsync(
        HttpContext http, CodeExchange exchange, SessionStore store, OwnPage own)
    {
        NotStored(http);
        if (!own.IsOrigin(http.Request))
        {
            return CallerProblem.Origin();
        }

        if (SessionSecret.Read(exchange.Code) is not { } code || await store.ExchangeAsync(code, http.RequestAborted) is not var (secret, session))
        {
            return CallerProblem.Code();
        }

        SessionCookie.Set(http.Response, secret, session.ExpiresAt);
        return TypedResults.Ok(CookieAnswer.Of(secret, session));
    }

    private static Ok<CookieAnswer> ReadCookie(HttpContext http)
    {
        NotStored(http);
        return TypedResults.Ok(CookieAnswer.Of(SessionCookie.Read(http.Request)!, http.Features.GetRequiredFeature<StoredSession>()));
    }

    private static async Task<NoContent> EndAsync(HttpContext http, SessionStore store)
    {
        NotStored(http);
        await store.EndAsync(SessionCookie.Read(http.Request)!, http.RequestAborted);
        SessionCookie.Remove(http.Response);
        return TypedResults.NoContent();
    }

    private static void NotStored(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
