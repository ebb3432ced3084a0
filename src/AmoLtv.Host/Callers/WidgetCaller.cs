using AmoLtv.AmoCrm.Widget;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Callers;

/// <summary>
/// Recognises whoever shows a valid token of the widget (header <see cref="Header"/>) of a connected account, asked from a page of that
/// very account.
/// </summary>
public sealed partial class WidgetCaller(
    IntegrationDirectory integrations, CallerStore callers, TimeProvider time, ILogger<WidgetCaller> logger)
{
    public const string Header = "X-Auth-Token";

    public async Task<CallerVerdict> RecogniseAsync(HttpContext http)
    {
        var now = time.GetUtcNow();
        var verdict = await WidgetTokenValidator.ValidateAsync(
            http.Request.Headers[Header].ToString(), integrations.All.Select(integration => integration.Crm), now);
        if (verdict.Claims is not { } claims)
        {
            Log.TokenRefused(logger, verdict.Outcome);
            return CallerProblem.Token("The token of the CRM is missing, not valid or has ended. Open the page of the CRM again.");
        }

        if (await callers.FindAsync(claims.Account, claims.ClientId, claims.User, http.RequestAborted) is not { } standing)
        {
            return CallerProblem.UnknownAccount();
        }

        if (verdict.For(standing.BaseAddress).Outcome != WidgetTokenOutcome.Valid)
        {
            Log.IssuerRefused(logger, claims.Account);
            return CallerProblem.Token("The token was issued by another host than the account's.");
        }

        if (http.Request.Headers.Origin is [{ } origin] && !AccountAddresses.IsOrigin(origin, standing.BaseAddress))
        {
            return CallerProblem.Origin();
        }

        var vouching = new CrmVouching(claims.ClientId, claims.IsAdmin, now);
        var role = RoleRule.DecideNow(standing, vouching);
        return new Caller(claims.Account, claims.User, role, standing.BaseAddress, CallerProof.Widget, vouching);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A caller was refused: the token is {Outcome}.")]
        public static partial void TokenRefused(ILogger logger, WidgetTokenOutcome outcome);

        [LoggerMessage(2, LogLevel.Warning, "A caller of account {Account} was refused: the token was issued by another host.")]
        public static partial void IssuerRefused(ILogger logger, AccountId account);
    }
}
