using System.Text.Json;
using AmoLtv.Sandbox.Control;

namespace AmoLtv.Sandbox.Api;

/// <summary>The widget of the card page: whether it is installed, and the settings saved with it, which its own integration alone may read.</summary>
internal static class WidgetsAnswer
{
    public static Answer List(ApiCall call) => call.Sandbox.Widget is null ? Answer.NoContent : Answer.Hal(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("_total_items", 1);
        ListLinks.Self(json, call, call.Path);
        json.WriteStartObject("_embedded");
        json.WriteStartArray("widgets");
        Write(json, call);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static Answer One(ApiCall call) => IsKnown(call) ? Answer.Hal(json => Write(json, call)) : Problem.NotFound;

    public static Answer Install(ApiCall call)
    {
        if (Refused(call) is { } refused)
        {
            return refused;
        }

        call.Sandbox.WidgetSettings = call.Body.ValueKind == JsonValueKind.Object ? call.Body.GetRawText() : "{}";
        return Answer.Hal(json => Write(json, call));
    }

    /// <summary>Disables the integration: its tokens die, and it is told by the signed call.</summary>
    public static Answer Uninstall(ApiCall call)
    {
        if (Refused(call) is { } refused)
        {
            return refused;
        }

        call.Sandbox.WidgetSettings = null;
        call.Sandbox.Tokens.RevokeAll(call.ClientId);
        if (call.State.Integration(call.ClientId) is { UninstallUri: { } address } integration)
        {
            _ = UninstallCall.SendAsync(address, integration, call.State.Account.Id, signature: null, CancellationToken.None);
        }

        return Answer.NoContent;
    }

    private static bool IsKnown(ApiCall call) => call.Sandbox.Widget is { } widget && widget.Code == call.Http.GetRouteValue("code") as string;

    private static Answer? Refused(ApiCall call) => !call.User.IsAdmin ? Problem.Forbidden : !IsKnown(call) ? Problem.NotFound : null;

    private static void Write(Utf8JsonWriter json, ApiCall call)
    {
        var widget = call.Sandbox.Widget!;
        var isActive = call.Sandbox.WidgetSettings is not null;
        json.WriteStartObject();
        json.WriteNumber("id", 742);
        json.WriteString("code", widget.Code);
        json.WriteString("version", widget.Version);
        json.WriteBoolean("is_active_in_account", isActive);
        json.WriteString("rating", "0");
        json.WritePropertyName("settings");
        json.WriteRawValue(isActive ? call.Sandbox.WidgetSettings! : "null");
        ListLinks.Self(json, call, "/api/v4/widgets/" + widget.Code);
        json.WriteEndObject();
    }
}
