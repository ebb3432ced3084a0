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

    public static ProblemHttpResult UnknownAccount() =>
        Of(StatusCodes.Status404NotFound, "unknownAccount", "The account is not connected. An administrator of the account must install the integration.");

    public static ProblemHttpResult Of(int status, string code, string words) =>
        TypedResults.Problem(detail: words, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
