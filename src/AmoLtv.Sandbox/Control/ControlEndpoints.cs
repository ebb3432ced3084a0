using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>Levers for tests and demonstrations under <c>/sandbox</c>: no authorization, loopback only, never counted.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes, AccountsByPort accounts)
    {
        void Map(string method, string path, Func<ControlCall, Task<Answer>> answer) =>
            routes.MapMethods("/sandbox" + path, [method], (RequestDelegate)(http => RunAsync(http, accounts.Of(http), answer)));

        Map("GET", "/clock", call => Now(call.Sandbox.State.Clock));
        Map("POST", "/clock", ClockControl.SetAsync);
        Map("POST", "/install", InstallControl.InstallAsync);
        Map("POST", "/revoke", InstallControl.RevokeAsync);
        Map("POST", "/token", InstallControl.TokenAsync);
        Map("GET", "/statistics", call => Task.FromResult(Answer.Plain(call.Sandbox.Statistics.Write)));
        Map("DELETE", "/statistics", call => Done(call.Sandbox.Statistics.Reset));
        Map("GET", "/faults", FaultControl.ReadAsync);
        Map("POST", "/faults", FaultControl.OrderAsync);
        Map("POST", "/settle", FaultControl.SettleAsync);
        Map("DELETE", "/faults", call => Done(call.Sandbox.Faults.Clear));
        Map("GET", "/webhooks", WebhookControl.ReadAsync);
        Map("POST", "/webhooks", WebhookControl.SwitchAsync);
        Map("POST", "/webhooks/repeat", WebhookControl.RepeatAsync);
        Map("GET", "/users", call => Task.FromResult(EntityControl.Users(call)));
        Map("POST", "/users/{id:long}/deny", EntityControl.DenyAsync);
        Map("POST", "/users/{id:long}", AccountControl.ChangeUserAsync);
        Map("POST", "/account", AccountControl.ChangeAsync);
        Map("POST", "/rename", AccountControl.RenameAsync);
        Map("POST", "/behaviour", AccountControl.BehaveAsync);
        Map("POST", "/uninstall", InstallControl.UninstallAsync);
        Map("POST", "/long_token", InstallControl.LongTokenAsync);
        Map("POST", "/secret", InstallControl.SecretAsync);
        Map("POST", "/tasks/{id:long}/complete", TaskControl.CompleteAsync);
        Map("DELETE", "/tasks/{id:long}", TaskControl.DeleteAsync);
        foreach (var kind in Enum.GetValues<EntityKind>())
        {
            var path = "/" + kind.Plural();
            Map("POST", path, call => EntityControl.CreateAsync(call, kind));
            Map("POST", path + "/{id:long}", call => EntityControl.EditAsync(call, kind));
            Map("DELETE", path + "/{id:long}", call => EntityControl.DeleteAsync(call, kind));
            Map("POST", path + "/{id:long}/restore", call => EntityControl.RestoreAsync(call, kind));
        }

        Map("GET", "/state", StateControl.ReadAsync);
        Map("POST", "/edits", EditControl.MakeAsync);
        Map("POST", "/merge", EntityControl.MergeAsync);
        Map("GET", "/fields", EntityControl.FieldsAsync);
    }

    /// <summary>The clock's answer.</summary>
    public static Task<Answer> Now(SandboxClock clock) => Task.FromResult(Answer.Plain(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", clock.Now.ToUniversalTime());
        json.WriteNumber("scale", clock.Scale);
        json.WriteEndObject();
    }));

    public static Task<Answer> Bad(string what) => Task.FromResult(Problem.BadRequest(what));

    private static Task<Answer> Done(Action work)
    {
        work();
        return Task.FromResult(Answer.NoContent);
    }

    private static async Task RunAsync(HttpContext http, SandboxContext sandbox, Func<ControlCall, Task<Answer>> answer)
    {
        var body = await Exchange.ReadJsonAsync(http);
        var id = http.GetRouteValue("id") is string text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        var result = body is null or { ValueKind: not (JsonValueKind.Object or JsonValueKind.Undefined) }
            ? Problem.BadRequest("The body has to be a JSON object.")
            : await answer(new ControlCall(http, sandbox, body.Value, id));
        await Exchange.SendAsync(http, result);
    }
}
