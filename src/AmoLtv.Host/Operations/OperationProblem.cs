using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Operations;

/// <summary>What the operations refuse, and why.</summary>
public static class OperationProblem
{
    public static ProblemHttpResult NoRun(long run) =>
        CallerProblem.Of(StatusCodes.Status404NotFound, "unknownRun", $"The account has no run {run}.");

    public static ProblemHttpResult NoRequest(long request) =>
        CallerProblem.Of(StatusCodes.Status404NotFound, "unknownRequest", $"No run was asked for under the number {request}, or it has begun.");

    public static ProblemHttpResult NoConflict() =>
        CallerProblem.Of(StatusCodes.Status404NotFound, "unknownConflict", "This field of the card is no longer in conflict.");

    public static ProblemHttpResult NotRunning(long run) =>
        CallerProblem.Of(StatusCodes.Status409Conflict, "notRunning", $"Run {run} has ended: there is nothing to cancel.");

    public static ProblemHttpResult NothingWritten(RunId run) =>
        CallerProblem.Of(StatusCodes.Status409Conflict, "nothingWritten", $"Run {run} has written nothing: there is nothing to take back.");

    public static ProblemHttpResult WriteBackOff() =>
        CallerProblem.Of(StatusCodes.Status409Conflict, "writeBackOff", "No field is chosen to be written: choose fields in the settings first.");

    public static ProblemHttpResult Wrong(string words) => CallerProblem.Of(StatusCodes.Status400BadRequest, "invalid", words);
}
