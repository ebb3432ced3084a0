using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Installing;

/// <summary>Tells how an account's connection does: its administrators by an endpoint, the operator on the command line.</summary>
public sealed class ConnectionReport(ConnectionFactsStore facts, TimeProvider time)
{
    /// <returns>Null where there is no such account.</returns>
    public async Task<ConnectionAnswer?> ReadAsync(AccountId account, CancellationToken cancellationToken) =>
        await facts.ReadAsync(account, cancellationToken) is { } known ? ConnectionAnswer.Compose(known, time.GetUtcNow()) : null;

    /// <summary>
    /// Administrators alone: so the CRM's token says, or the list of users that was last read. The CRM is not asked: of a lost connection
    /// it would tell nothing, and that is when an administrator wants to know.
    /// </summary>
    internal async Task<Results<Ok<ConnectionAnswer>, ProblemHttpResult>> AnswerAsync(HttpContext http)
    {
        var caller = http.Features.GetRequiredFeature<Caller>();
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!caller.IsAdmin && !await facts.IsAdministratorAsync(caller.Account, caller.User, http.RequestAborted))
        {
            return CallerProblem.NotAdmin();
        }

        return await ReadAsync(caller.Account, http.RequestAborted) is { } answer ? TypedResults.Ok(answer) : CallerProblem.UnknownAccount();
    }
}
