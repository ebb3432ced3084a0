using System.Text.Json;
using AmoLtv.Sandbox.Api;

namespace AmoLtv.Sandbox.OAuth;

/// <summary>The token endpoint, the authorize page and the question for the account's current address.</summary>
internal static class OAuthEndpoints
{
    public static void MapOAuth(this IEndpointRouteBuilder routes, AccountsByPort accounts)
    {
        routes.MapPost("/oauth2/access_token", Exchange.Handler(accounts, ExchangeAsync));
        routes.MapGet("/oauth2/account/current/subdomain", Exchange.Handler(accounts, (http, sandbox) => Task.FromResult(CurrentAddress(http, sandbox))));
        routes.MapGet("/oauth", (RequestDelegate)(http => Exchange.SendAsync(http, Ask(http, accounts.Of(http)))));
        routes.MapPost("/oauth", (RequestDelegate)(async http =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var sandbox = accounts.Of(http);
            await Exchange.SendAsync(http, sandbox.Locked(() => AuthorizePage.Decide(form, http.Request.Host.Value!, sandbox)));
        }));
    }

    private static Answer Ask(HttpContext http, SandboxContext sandbox) => sandbox.Locked(() => AuthorizePage.Show(http, sandbox));

    private static async Task<Answer> ExchangeAsync(HttpContext http, SandboxContext sandbox)
    {
        if (!http.Request.HasJsonContentType() || await Exchange.ReadJsonAsync(http) is not { ValueKind: JsonValueKind.Object } body)
        {
            return Refused(new GrantRefused(400, Hint: null));
        }

        return sandbox.Locked(() =>
        {
            if (ApiEndpoints.Unserved(http, sandbox.State) is { } unserved)
            {
                return unserved;
            }

            var (pair, refused) = Grant(sandbox, body, http.Request.Host.Value!);
            return pair is null ? Refused(refused!) : Granted(pair, sandbox.State.Clock.Seconds);
        });
    }

    private static (TokenPair? Pair, GrantRefused? Refused) Grant(SandboxContext sandbox, JsonElement body, string host)
    {
        var integration = sandbox.State.Integration(Text(body, "client_id"));
        // A wrong secret and a wrong redirect URI get the generic answer, without a hint.
        if (integration is null || integration.Secret != Text(body, "client_secret") || integration.RedirectUri != Text(body, "redirect_uri"))
        {
            return (null, new GrantRefused(400, Hint: null));
        }

        return Text(body, "grant_type") switch
        {
            "authorization_code" when Text(body, "code") is { } code => sandbox.Tokens.ExchangeCode(code, integration.ClientId, host),
            "refresh_token" when Text(body, "refresh_token") is { } token => sandbox.Tokens.ExchangeRefresh(token, integration.ClientId, host),
            _ => (null, new GrantRefused(400, Hint: null)),
        };
    }

    private static Answer Granted(TokenPair pair, long now) => Answer.Plain(json =>
    {
        json.WriteStartObject();
        json.WriteString("token_type", "Bearer");
        json.WriteNumber("expires_in", TokenLedger.AccessSeconds);
        json.WriteNumber("server_time", now);
        json.WriteString("access_token", pair.Access.Token);
        json.WriteString("refresh_token", pair.Refresh.Token);
        json.WriteEndObject();
    });

    private static Answer Refused(GrantRefused refused) => Answer.Plain(json =>
    {
        json.WriteStartObject();
        if (refused.Hint is not null)
        {
            json.WriteString("hint", refused.Hint);
        }

        json.WriteString("title", "Некорректный запрос");
        json.WriteString("type", "https://developers.amocrm.ru/v3/errors/OAuthProblemJson");
        json.WriteNumber("status", refused.Status);
        json.WriteString("detail", "В запросе отсутствует ряд параметров или параметры невалидны");
        json.WriteEndObject();
    }, refused.Status);

    private static Answer CurrentAddress(HttpContext http, SandboxContext sandbox) => sandbox.Locked(() =>
        sandbox.Tokens.FindRefresh(http.Request.Headers["X-Refresh-Token"].ToString()) is null ? Problem.Unauthorized : Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", sandbox.State.Account.Id);
            json.WriteString("subdomain", sandbox.State.Account.Subdomain);
            json.WriteString("domain", sandbox.State.Account.Host ?? http.Request.Host.Value);
            json.WriteString("top_level_domain", sandbox.State.Account.Brand == Brand.Kommo ? "com" : "ru");
            json.WriteEndObject();
        }));

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
