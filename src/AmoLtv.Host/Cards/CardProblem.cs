using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>Refusals of the card endpoint: a status, a code the widget branches on, and words without secrets.</summary>
public static class CardProblem
{
    public static ProblemHttpResult Token(string words) => Of(StatusCodes.Status401Unauthorized, "token", words);

    public static ProblemHttpResult Origin() =>
        Of(StatusCodes.Status403Forbidden, "origin", "The page that asks does not belong to the token's account.");

    public static ProblemHttpResult NoAccess() =>
        Of(StatusCodes.Status403Forbidden, "noAccess", "The CRM does not show this card to this user.");

    public static ProblemHttpResult UnknownAccount() =>
        Of(StatusCodes.Status404NotFound, "unknownAccount", "The account is not connected. An administrator of the account must install the integration.");

    public static ProblemHttpResult NoCustomer() =>
        Of(StatusCodes.Status404NotFound, "noCustomer", "The lead has neither a company nor a main contact.");

    public static ProblemHttpResult ConnectionLost(string words) => Of(StatusCodes.Status503ServiceUnavailable, "connectionLost", words);

    public static ProblemHttpResult CrmUnavailable() =>
        Of(StatusCodes.Status503ServiceUnavailable, "crmUnavailable", "The CRM could not be asked whether this user may see the card. Try again in a minute.");

    private static ProblemHttpResult Of(int status, string code, string words) =>
        TypedResults.Problem(detail: words, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
