using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Callers;

/// <summary>Refusals of a caller: a status, a code the page branches on, and words without secrets.</summary>
public static class CallerProblem
{
    public static ProblemHttpResult Token(string words) => Of(StatusCodes.Status401Unauthorized, "token", words);

    public static ProblemHttpResult Origin() =>
        Of(StatusCodes.Status403Forbidden, "origin", "The page that asks does not belong to the token's account.");

    public static ProblemHttpResult NotAdmin() =>
        Of(StatusCodes.Status403Forbidden, "notAdmin", "Only an administrator of the account may see this.");

    public static ProblemHttpResult NotAnalyst() =>
        Of(StatusCodes.Status403Forbidden, "notAnalyst", "Analytics is open to administrators of the account and to users they name in the settings, under access.");

    public static ProblemHttpResult Session() =>
        Of(StatusCodes.Status401Unauthorized, "session", "The session has ended. Open the page from the CRM again.");

    public static ProblemHttpResult Code() =>
        Of(StatusCodes.Status401Unauthorized, "code", "The link was used already or is older than a minute. Open the page from the CRM again.");

    public static ProblemHttpResult AntiForgery() =>
        Of(StatusCodes.Status403Forbidden, "antiForgery", "The request does not come from a page that was opened in this session. Reload the page.");

    public static ProblemHttpResult WrongProof() =>
        Of(StatusCodes.Status403Forbidden, "proof", "This is not done with the token or the session that was shown.");

    public static ProblemHttpResult SwitchedOff() =>
        Of(StatusCodes.Status403Forbidden, "switchedOff", "The integration was switched off in the account. An administrator of the account can install it again.");

    public static ProblemHttpResult DatabaseUnavailable() =>
        Of(StatusCodes.Status503ServiceUnavailable, "databaseUnavailable", "The service cannot use its database at the moment. Try again in a minute.");

    public static ProblemHttpResult TooMany() =>
        Of(StatusCodes.Status429TooManyRequests, "tooMany", "Too many requests came from this network address at once. Try again in a moment.");

    /// <summary>A write that was made on a version which is no longer the newest.</summary>
    /// <param name="current">What is now; with who changed it and when, for the page to show.</param>
    public static ProblemHttpResult Stale(string words, object current) => TypedResults.Problem(
        detail: words, statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?> { ["code"] = "stale", ["current"] = current });

    /// <summary>Adds to what the server itself refuses what pages branch on.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Status == StatusCodes.Status413PayloadTooLarge)
        {
            context.ProblemDetails.Extensions["code"] = "tooLarge";
            context.ProblemDetails.Detail = "What was sent is larger than may be. Send less at once.";
        }
    }

    public static ProblemHttpResult UnknownAccount() =>
        Of(StatusCodes.Status404NotFound, "unknownAccount", "The account is not connected. An administrator of the account must install the integration.");

    public static ProblemHttpResult Of(int status, string code, string words) =>
        TypedResults.Problem(detail: words, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
