using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>
/// The address that the CRM calls after an admin switched the integration off. The signature has no time in it and may be sent again, so
/// the call stops the work and has the API asked; only its 401 confirms.
/// </summary>
public sealed partial class UninstallCallback(
    IntegrationDirectory integrations, ConnectionStore store, ProbeDrain drain, TimeProvider time, ILogger<UninstallCallback> logger)
{
    /// <summary>200 for anything that is truly the CRM's, of an account that is not connected too: its retries would change nothing.</summary>
    internal async Task<IResult> ReceiveAsync(string? clientId, string? accountId, string? signature)
    {
        var outcome = UninstallHook.Verify(clientId, accountId, signature, integrations.All.Select(known => known.Crm));
        if (outcome != UninstallHookOutcome.Valid)
        {
            Log.Refused(logger, outcome);
            return Results.StatusCode(outcome == UninstallHookOutcome.BadSignature ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
        }

        var account = UninstallHook.Account(accountId)!.Value;
        // The CRM may hang up before a busy database has answered: what it said is kept all the same.
        if (await store.SuspendAsync(account, integrations.Find(clientId)!.ClientId, time.GetUtcNow(), CancellationToken.None))
        {
            Log.Suspended(logger, account);
            drain.Wake();
        }

        return Results.Ok();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A call that says an integration was switched off was refused: {Outcome}.")]
        public static partial void Refused(ILogger logger, UninstallHookOutcome outcome);

        [LoggerMessage(2, LogLevel.Warning, "The CRM says that the integration was switched off in account {Account}; its API is asked.")]
        public static partial void Suspended(ILogger logger, AccountId account);
    }
}
