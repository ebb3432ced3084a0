using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Cards;

/// <summary>Refusals of the card endpoint: a status, a code the widget branches on, and words without secrets.</summary>
public static class CardProblem
{
    public static ProblemHttpResult NoAccess() =>
        CallerProblem.Of(StatusCodes.Status403Forbidden, "noAccess", "The CRM does not show this card to this user.");

    public static ProblemHttpResult NoCustomer() =>
        CallerProblem.Of(StatusCodes.Status404NotFound, "noCustomer", "The lead has neither a company nor a main contact.");

    public static ProblemHttpResult ConnectionLost(string words) => CallerProblem.Of(StatusCodes.Status503ServiceUnavailable, "connectionLost", words);

    public static ProblemHttpResult CrmUnavailable() =>
        CallerProblem.Of(StatusCodes.Status503ServiceUnavailable, "crmUnavailable", "The CRM could not be asked whether this user may see the card. Try again in a minute.");

    public static ProblemHttpResult BadRemark() =>
        CallerProblem.Of(StatusCodes.Status400BadRequest, "text", $"A remark has 1 to {NewRemark.MaxLength} characters.");

    public static ProblemHttpResult TooManyRemarks() =>
        CallerProblem.Of(StatusCodes.Status429TooManyRequests, "tooManyRemarks", $"A user may write {RemarkStore.MostAnHour} remarks in an hour.");
}
