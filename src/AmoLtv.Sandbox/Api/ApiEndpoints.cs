using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Everything under <c>/api/v4</c>.</summary>
internal static class ApiEndpoints
{
    private const string Root = "/api/v4";

    public static void MapApi(this IEndpointRouteBuilder routes, AccountsByPort accounts)
    {
        void Map(string method, string path, Func<ApiCall, Answer> answer) =>
            routes.MapMethods(Root + path, [method], Exchange.Handler(accounts, (http, sandbox) => AnswerAsync(http, sandbox, answer)));

        Map("GET", "/account", AccountAnswer.Read);
        Map("GET", "/users", UsersAnswer.List);
        Map("GET", "/users/{id:long}", UsersAnswer.One);
        Map("GET", "/leads/pipelines", PipelinesAnswer.List);
        Map("GET", "/leads/pipelines/{id:long}", PipelinesAnswer.One);
        Map("GET", "/leads/pipelines/{id:long}/statuses", PipelinesAnswer.Statuses);
        Map("GET", "/leads/loss_reasons", LossReasonsAnswer.List);
        Map("GET", "/leads/loss_reasons/{id:long}", LossReasonsAnswer.One);
        Map("GET", "/webhooks", WebhooksAnswer.List);
        Map("POST", "/webhooks", WebhooksAnswer.Subscribe);
        Map("DELETE", "/webhooks", WebhooksAnswer.Unsubscribe);
        Map("GET", "/events", EventsAnswer.List);
        Map("GET", "/events/types", EventTypes.List);
        routes.MapGet(Root + "/events/{eventId}", Exchange.Handler(accounts, (http, sandbox) =>
            AnswerAsync(http, sandbox, call => EventsAnswer.One(call, (string)http.GetRouteValue("eventId")!))));
        MapTasksAndWidgets(Map);
        MapCatalogs(Map);
        foreach (var kind in Enum.GetValues<EntityKind>())
        {
            var path = "/" + kind.Plural();
            Map("GET", path + "/links", call => LinksAnswer.Many(call, kind));
            Map("GET", path + "/{id:long}/links", call => LinksAnswer.One(call, kind));
            Map("POST", path + "/{id:long}/link", call => LinksAnswer.Link(call, kind, isLinked: true));
            Map("POST", path + "/{id:long}/unlink", call => LinksAnswer.Link(call, kind, isLinked: false));
            Map("GET", path + "/notes", call => NotesAnswer.List(call, kind));
            Map("POST", path + "/notes", call => NotesAnswer.Create(call, kind));
            Map("GET", path + "/{id:long}/notes", call => NotesAnswer.List(call, kind));
            Map("POST", path + "/{id:long}/notes", call => NotesAnswer.Create(call, kind));
            Map("GET", path, call => EntityList.Read(call, kind));
            Map("POST", path, call => EntityWrites.Create(call, kind));
            Map("PATCH", path, call => EntityWrites.PatchMany(call, kind));
            Map("GET", path + "/{id:long}", call => EntityList.ReadOne(call, kind));
            Map("PATCH", path + "/{id:long}", call => EntityWrites.PatchOne(call, kind));
            Map("GET", path + "/custom_fields", call => CustomFieldsAnswer.List(call, kind));
            Map("POST", path + "/custom_fields", call => CustomFieldsAnswer.Create(call, kind));
            Map("GET", path + "/custom_fields/{id:long}", call => CustomFieldsAnswer.One(call, kind));
            Map("PATCH", path + "/custom_fields/{id:long}", call => CustomFieldsAnswer.Patch(call, kind));
            Map("DELETE", path + "/custom_fields/{id:long}", call => CustomFieldsAnswer.Delete(call, kind));
        }
    }

    private static void MapTasksAndWidgets(Action<string, string, Func<ApiCall, Answer>> map)
    {
        map("GET", "/tasks", TasksAnswer.List);
        map("POST", "/tasks", TaskWrites.Create);
        map("PATCH", "/tasks", TaskWrites.PatchMany);
        map("GET", "/tasks/{id:long}", TasksAnswer.One);
        map("PATCH", "/tasks/{id:long}", TaskWrites.PatchOne);
        map("GET", "/widgets", WidgetsAnswer.List);
        map("GET", "/widgets/{code}", WidgetsAnswer.One);
        map("POST", "/widgets/{code}", WidgetsAnswer.Install);
        map("DELETE", "/widgets/{code}", WidgetsAnswer.Uninstall);
    }

    private static void MapCatalogs(Action<string, string, Func<ApiCall, Answer>> map)
    {
        map("GET", "/catalogs", CatalogsAnswer.List);
        map("GET", "/catalogs/{id:long}", CatalogsAnswer.One);
        map("GET", "/catalogs/{id:long}/elements", CatalogElementsAnswer.List);
        map("GET", "/catalogs/{id:long}/elements/{element:long}", CatalogElementsAnswer.One);
        map("PATCH", "/catalogs/{id:long}/elements", CatalogElementsAnswer.PatchMany);
    }

    /// <summary>Paths and methods that the API does not have.</summary>
    public static Task AnswerUnknownAsync(HttpContext http, SandboxContext sandbox, int status) => Exchange.RunAsync(http, sandbox, () =>
        Task.FromResult(status == StatusCodes.Status405MethodNotAllowed ? Problem.MethodNotAllowed : Problem.NotFound));

    /// <summary>What is answered where the account is not served: it is gone, blocked, or lives at another host by now. Null: it is served.</summary>
    public static Answer? Unserved(HttpContext http, SandboxState state) => state.Account switch
    {
        { Standing: AccountStanding.Closed } => Problem.NotFound,
        { Host: { } host } when !string.Equals(host, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase) => Problem.NotFound,
        { Standing: AccountStanding.Blocked } => Blocked,
        _ => null,
    };

    private static Answer Blocked { get; } = Answer.Html(403, "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>");

    private static async Task<Answer> AnswerAsync(HttpContext http, SandboxContext sandbox, Func<ApiCall, Answer> answer)
    {
        var body = await Exchange.ReadJsonAsync(http);
        return sandbox.Locked(() =>
        {
            if (Unserved(http, sandbox.State) is { } unserved)
            {
                return unserved;
            }

            var (call, refused) = Authorize(http, sandbox, body ?? default);
            return call is null ? refused! : body is null ? Problem.BadRequest("Invalid JSON") : answer(call);
        });
    }

    private static (ApiCall? Call, Answer? Refused) Authorize(HttpContext http, SandboxContext sandbox, JsonElement body)
    {
        var token = Exchange.TokenOf(http) is { } sent ? sandbox.Tokens.Use(sent) : null;
        var clientId = token?.ClientId ?? BrowserSession.Client;
        if ((token is null ? BrowserSession.UserOf(http, sandbox.State) : sandbox.State.User(token.UserId)) is not { } granter)
        {
            return (null, Problem.Unauthorized);
        }

        switch (sandbox.Rates.Admit(clientId, sandbox.State.Clock.Now))
        {
            case RateVerdict.Throttled:
                return (null, Problem.TooManyRequests(sandbox.State.Account.Brand == Brand.Kommo ? 1 : null));
            case RateVerdict.Blocked:
                return (null, Blocked);
        }

        if (sandbox.State.Account.Standing == AccountStanding.Unpaid)
        {
            return (null, Problem.PaymentRequired);
        }

        if (ContextUser(http, sandbox.State, granter) is not { } user)
        {
            return (null, Problem.Forbidden);
        }

        var id = http.GetRouteValue("id") is string text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        var origin = $"{http.Request.Scheme}://{http.Request.Host.Value}";
        return (new ApiCall(sandbox, origin, http, user, clientId, body, id), null);
    }

    /// <summary>Whose rights apply. Only an admin's grant may act in another user's name; null: refused.</summary>
    private static CrmUser? ContextUser(HttpContext http, SandboxState state, CrmUser granter)
    {
        var named = http.Request.Headers["X-Context-User-ID"].ToString();
        if (named.Length == 0)
        {
            return granter;
        }

        return granter.IsAdmin && long.TryParse(named, CultureInfo.InvariantCulture, out var id) && state.User(id) is { IsActive: true } user ? user : null;
    }
}
