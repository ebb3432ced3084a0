using AmoLtv.AmoCrm.Widget;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Cards;

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
            return CardProblem.Token("The token of the CRM is missing, not valid or has ended. Open the card again.");
        }

        if (await addresses.FindAsync(claims.Account, claims.ClientId, http.RequestAborted) is not { } address)
        {
            return CardProblem.UnknownAccount();
        }

        if (verdict.For(address).Outcome != WidgetTokenOutcome.Valid)
        {
            Log.IssuerRefused(logger, claims.Account);
            return CardProblem.Token("The token was issued by another host than the account's.");
        }

        if (http.Request.Headers.Origin is [{ } origin] && !AccountAddresses.IsOrigin(origin, address))
        {
            return CardProblem.Origin();
        }

        http.Features.Set(new Caller(claims.Account, claims.User, address));
        return await next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A card was refused: its token is {Outcome}.")]
        public static partial void TokenRefused(ILogger logger, WidgetTokenOutcome outcome);

        [LoggerMessage(2, LogLevel.Warning, "A card of account {Account} was refused: its token was issued by another host.")]
        public static partial void IssuerRefused(ILogger logger, Core.Identity.AccountId account);
    }
}
