using AmoLtv.AmoCrm.Widget;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Callers;

/// <summary>
/// Lets nobody through without a valid token of the widget (header <c>X-Auth-Token</c>) of a connected account,
/// asked from a page of that very account.
/// </summary>
public sealed partial class CallerFilter(
    IntegrationDirectory integrations, AccountAddresses addresses, TimeProvider time, ILogger<CallerFilter> logger) : IEndpointFilter
{
    public const string Header = "X-Auth-Token";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var verdict = await WidgetTokenValidator.ValidateAsync(
            http.Request.Headers[Header].ToString(), integrations.All.Select(integration => integration.Crm), time.GetUtcNow());
        if (verdict.Claims is not { } claims)
        {
            Log.TokenRefused(logger, verdict.Outcome);
            return CallerProblem.Token("The token of the CRM is missing, not valid or has ended. Open the page of the CRM again.");
        }

        if (await addresses.FindAsync(claims.Account, claims.ClientId, http.RequestAborted) is not { } address)
        {
            return CallerProblem.UnknownAccount();
        }

        if (verdict.For(address).Outcome != WidgetTokenOutcome.Valid)
        {
            Log.IssuerRefused(logger, claims.Account);
            return CallerProblem.Token("The token was issued by another host than the account's.");
        }

        if (http.Request.Headers.Origin is [{ } origin] && !AccountAddresses.IsOrigin(origin, address))
        {
            return CallerProblem.Origin();
        }

        http.Features.Set(new Caller(claims.Account, claims.User, claims.IsAdmin, address));
        return await next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A caller was refused: the token is {Outcome}.")]
        public static partial void TokenRefused(ILogger logger, WidgetTokenOutcome outcome);

        [LoggerMessage(2, LogLevel.Warning, "A caller of account {Account} was refused: the token was issued by another host.")]
        public static partial void IssuerRefused(ILogger logger, AccountId account);
    }
}
