using System.Globalization;
using System.Net;
using System.Text;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.OAuth;

/// <summary>The page where a user gives an integration access to the account, or refuses.</summary>
internal static class AuthorizePage
{
    public static Answer Show(HttpContext http, SandboxContext sandbox)
    {
        var clientId = http.Request.Query["client_id"].ToString();
        if (sandbox.State.Integration(clientId) is null)
        {
            return Answer.Html(404, Page("Интеграция не найдена", "<p>Такой интеграции нет.</p>"));
        }

        var users = new StringBuilder();
        foreach (var user in sandbox.State.Users.Where(user => user.IsActive))
        {
            users.Append(CultureInfo.InvariantCulture, $"""<label><input type="radio" name="user_id" value="{user.Id}"{(user == sandbox.State.Owner ? " checked" : "")}> {Html(user.Name)}{(user.IsAdmin ? " <small>администратор</small>" : "")}</label>""");
        }

        return Answer.Html(200, Page("Доступ к аккаунту", $"""
            <p>Интеграция <code>{Html(clientId)}</code> просит доступ к данным аккаунта «{Html(sandbox.State.Account.Name)}».</p>
            <form method="post" action="/oauth">
              <input type="hidden" name="client_id" value="{Html(clientId)}">
              <input type="hidden" name="state" value="{Html(http.Request.Query["state"].ToString())}">
              <fieldset><legend>Пользователь</legend>{users}</fieldset>
              <button name="decision" value="allow" class="main">Разрешить</button>
              <button name="decision" value="deny">Отказать</button>
            </form>
            """));
    }

    /// <summary>Sends the browser to the redirect URI with a code, or with <c>error=access_denied</c>.</summary>
    /// <param name="host">The account's host as the browser addressed it: the <c>referer</c>.</param>
    public static Answer Decide(IFormCollection form, string host, SandboxContext sandbox)
    {
        if (sandbox.State.Integration(form["client_id"]) is not { } integration)
        {
            return Answer.Html(404, Page("Интеграция не найдена", "<p>Такой интеграции нет.</p>"));
        }

        var state = form["state"].ToString();
        if (form["decision"] == "deny")
        {
            return Answer.Redirect(RedirectTo(integration, [("error", "access_denied"), ("client_id", integration.ClientId), ("state", state)]));
        }

        var user = long.TryParse(form["user_id"], CultureInfo.InvariantCulture, out var id) ? sandbox.State.User(id) : sandbox.State.Owner;
        if (user is not { IsActive: true } || (!user.IsAdmin && !sandbox.Tokens.IsInstalled(integration.ClientId)))
        {
            return Answer.Html(403, Page("Нужен администратор", "<p>Первую установку интеграции выполняет администратор аккаунта.</p>"));
        }

        var code = sandbox.Tokens.IssueCode(integration.ClientId, user.Id);
        return Answer.Redirect(RedirectTo(integration,
        [
            ("code", code.Code), ("referer", host), ("client_id", integration.ClientId), ("platform", Platform(sandbox.State)), ("state", state),
        ]));
    }

    /// <summary>The redirect URI with parameters added; empty ones are left out, as the CRM leaves out a state it was not given.</summary>
    public static string RedirectTo(SandboxIntegration integration, IEnumerable<(string Name, string Value)> parameters)
    {
        var query = string.Join('&', parameters.Where(parameter => parameter.Value.Length > 0).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        return integration.RedirectUri + (integration.RedirectUri.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;
    }

    /// <summary>1 on amocrm.ru, 2 on Kommo.</summary>
    public static string Platform(SandboxState state) => ((int)state.Account.Brand).ToString(CultureInfo.InvariantCulture);

    private static string Page(string title, string body) => $$"""
        <!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{{title}}</title><style>
        body{font:15px/1.5 system-ui,sans-serif;max-width:30rem;margin:4rem auto;padding:0 1rem;color:#363b44}
        label{display:block;margin:.3rem 0}small{color:#92989b}fieldset{border:1px solid #d4d5d8;border-radius:4px;margin:1rem 0}
        button{font:inherit;padding:.5rem 1.2rem;border:1px solid #d4d5d8;border-radius:4px;background:#fff;cursor:pointer}
        .main{background:#4c8bf7;border-color:#4c8bf7;color:#fff}code{font-size:.85em}
        </style></head><body><h1>{{title}}</h1>{{body}}</body></html>
        """;

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
