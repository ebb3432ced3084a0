using System.Text;
using System.Text.Json;
using AmoLtv.Sandbox.Api;

namespace AmoLtv.Sandbox.Cards;

/// <summary>The places of the CRM besides cards where a widget is shown: its integration's window, its page in the settings, its page in the menu.</summary>
internal static class AreaPage
{
    private static readonly string Frame = Encoding.UTF8.GetString(PageFiles.Read("area.html")!);

    /// <summary>The window in which an administrator installs the integration, saves its settings and disables it.</summary>
    public static Answer Modal(HttpContext http, SandboxContext sandbox) => ForAdministrators(http, sandbox, json =>
    {
        WritePlace(json, "modal", "settings", "widgetsSettings", "settings");
        json.WriteStartArray("fields");
        foreach (var field in FieldsOf(sandbox.Widget))
        {
            json.WriteStartObject();
            json.WriteString("key", field.Name);
            json.WriteString("name", field.Value.GetProperty("name").GetString());
            json.WriteString("type", field.Value.GetProperty("type").GetString());
            json.WriteBoolean("isRequired", field.Value.TryGetProperty("required", out var required) && required.GetBoolean());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The widget's own page in the settings.</summary>
    public static Answer Advanced(HttpContext http, SandboxContext sandbox) => ForAdministrators(http, sandbox, json =>
        WritePlace(json, "advanced", "advanced-settings", "advanced-settings:" + sandbox.Widget?.Code, "advanced_settings"));

    /// <summary>The widget's page in the menu, or under one of the CRM's own sections, as its manifest asks for it.</summary>
    public static Answer Menu(HttpContext http, SandboxContext sandbox)
    {
        var item = http.GetRouteValue("item") as string;
        var subitem = http.GetRouteValue("subitem") as string;
        if (sandbox.Widget is { } widget && TitleOf(widget, item ?? "stats", subitem) is { } title)
        {
            return Show(http, sandbox, 200, json =>
            {
                WritePlace(json, "menu", "widget_page", item is null ? "stats" : "widget-page:" + widget.Code, "widget_page");
                json.WriteString("title", title);
                json.WriteStartObject("params");
                json.WriteString("location", item is null ? "stats" : "widget_page");
                if (item is not null)
                {
                    json.WriteString("item_code", item);
                }

                if (subitem is not null)
                {
                    json.WriteString("subitem_code", subitem);
                }

                json.WriteEndObject();
            });
        }

        return Show(http, sandbox, 404, json => WritePlace(json, "missing", "dashboard", "dashboard", ""));
    }

    private static Answer ForAdministrators(HttpContext http, SandboxContext sandbox, Action<Utf8JsonWriter> write) =>
        CardPage.UserOf(http.Request.Query["user"], sandbox.State).IsAdmin
            ? Show(http, sandbox, 200, write)
            : Show(http, sandbox, 403, json => WritePlace(json, "forbidden", "dashboard", "dashboard", ""));

    private static Answer Show(HttpContext http, SandboxContext sandbox, int status, Action<Utf8JsonWriter> write) =>
        Answer.Html(status, CardPage.Fill(Frame, http, sandbox, json =>
        {
            json.WriteNull("card");
            json.WriteStartObject("place");
            write(json);
            json.WriteEndObject();
        }));

    /// <param name="area">As <c>system().area</c> tells it.</param>
    /// <param name="page">As <c>APP.getWidgetsArea()</c> tells it.</param>
    /// <param name="declared">The location that the manifest must name.</param>
    private static void WritePlace(Utf8JsonWriter json, string kind, string area, string page, string declared)
    {
        json.WriteString("kind", kind);
        json.WriteString("area", area);
        json.WriteString("page", page);
        json.WriteString("declared", declared);
    }

    /// <summary>Settings of the widget that a user fills in; none without a widget.</summary>
    public static IReadOnlyList<JsonProperty> FieldsOf(WidgetArchive? widget) =>
        widget is not null && widget.Manifest.TryGetProperty("settings", out var settings) ? [.. settings.EnumerateObject()] : [];

    /// <summary>Key of the words that name the item; null where the widget has no such item.</summary>
    private static string? TitleOf(WidgetArchive widget, string section, string? subitem)
    {
        if (!widget.Manifest.TryGetProperty("left_menu", out var menu) || !menu.TryGetProperty(section, out var item))
        {
            return null;
        }

        var named = item;
        return (subitem is null || (item.TryGetProperty("submenu", out var submenu) && submenu.TryGetProperty(subitem, out named)))
            && named.TryGetProperty("title", out var title) ? title.GetString() : null;
    }
}
