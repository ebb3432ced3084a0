using System.Globalization;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.OAuth;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Cards;

/// <summary>The card pages, the files they load, and the disposable token for the user who looks.</summary>
internal static class CardPageEndpoints
{
    public static void MapCardPage(this IEndpointRouteBuilder routes, AccountsByPort accounts)
    {
        void Map(string path, Func<HttpContext, SandboxContext, Answer> answer)
        {
            Task HandleAsync(HttpContext http)
            {
                var sandbox = accounts.Of(http);
                return Exchange.SendAsync(http, sandbox.Locked(() => answer(http, sandbox)));
            }

            routes.MapGet(path, HandleAsync);
        }

        Map("/", (_, sandbox) => Answer.Redirect(FirstCard(sandbox.State)));
        foreach (var kind in Enum.GetValues<EntityKind>())
        {
            Map($"/{kind.Plural()}/detail/{{id:long}}", (http, sandbox) => Find(http, sandbox.State, kind) is { } entity ? Card(http, sandbox, entity) : NotFound);
            Map($"/platform/cards/{kind.Plural()}/{{id:long}}", (http, sandbox) => Find(http, sandbox.State, kind) is { } entity
                ? Answer.Plain(json => CardModel.Write(json, sandbox.State, entity))
                : Problem.NotFound);
        }

        Map("/settings/widgets", (http, sandbox) => Hosted(http, sandbox, AreaPage.Modal));
        Map("/settings/advanced", (http, sandbox) => Hosted(http, sandbox, AreaPage.Advanced));
        Map("/menu/{item}/{subitem?}", (http, sandbox) => Hosted(http, sandbox, AreaPage.Menu));
        Map("/stats/{subitem}", (http, sandbox) => Hosted(http, sandbox, AreaPage.Menu));
        Map("/platform/modules/{name}", (http, sandbox) => Served(Route(http, "name"), PageFiles.ReadLibrary(sandbox.Options.ModulesFolder, Route(http, "name"))));
        Map("/platform/{name}", (http, _) => Served(Route(http, "name"), PageFiles.Read(Route(http, "name"))));
        Map("/widgets/{code}/{**path}", (http, sandbox) => Served(Route(http, "path"), Route(http, "code") == sandbox.Widget?.Code ? sandbox.Widget.File(Route(http, "path")) : null));
        Map("/ajax/v2/integrations/{clientId}/disposable_token", (http, sandbox) => Token(http, sandbox));
    }

    private static Answer NotFound => Answer.Html(404, "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>Не найдено</title><p>Такой карточки нет.</p></html>");

    private static string FirstCard(SandboxState state) => state.Companies.Count > 0
        ? string.Create(CultureInfo.InvariantCulture, $"/companies/detail/{state.Companies.All[0].Id}")
        : "/companies/detail/0";

    private static CrmEntity? Find(HttpContext http, SandboxState state, EntityKind kind) =>
        state.Find(kind, long.Parse(Route(http, "id"), CultureInfo.InvariantCulture)) is { IsDeleted: false } entity ? entity : null;

    private static Answer Card(HttpContext http, SandboxContext sandbox, CrmEntity entity) =>
        Hosted(http, sandbox, (_, _) => CardPage.Show(http, sandbox, entity));

    private static Answer Hosted(HttpContext http, SandboxContext sandbox, Func<HttpContext, SandboxContext, Answer> show)
    {
        var missing = PageFiles.Missing(sandbox.Options.ModulesFolder);
        return missing.Count == 0
            ? show(http, sandbox)
            : Answer.Html(503, $"<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>Нет библиотек</title><p>Странице не хватает файлов {string.Join(", ", missing)}: укажите папку node_modules параметром --modules.</p></html>");
    }

    private static Answer Served(string path, byte[]? file) => file is null ? Problem.NotFound : new Answer(200, PageFiles.ContentType(path), file);

    /// <summary>What the widget's <c>$authorizedAjax</c> asks for before each call; only scripts of the page may ask.</summary>
    private static Answer Token(HttpContext http, SandboxContext sandbox)
    {
        if (http.Request.Headers.XRequestedWith != "XMLHttpRequest" || sandbox.State.Integration(Route(http, "clientId")) is not { } integration)
        {
            return Problem.Forbidden;
        }

        var user = CardPage.UserOf(http.Request.Headers["X-Sandbox-User"], sandbox.State);
        var token = WidgetToken.Write(integration, user, sandbox.State, $"{http.Request.Scheme}://{http.Request.Host.Value}");
        return Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteString("token", token);
            json.WriteEndObject();
        });
    }

    private static string Route(HttpContext http, string name) => http.GetRouteValue(name) as string ?? "";
}
