using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Cards;

/// <summary>The HTML of a card: an empty frame and what the page's script needs to fill it.</summary>
internal static class CardPage
{
    private static readonly string Frame = Encoding.UTF8.GetString(PageFiles.Read("card.html")!);

    public static Answer Show(HttpContext http, SandboxContext sandbox, CrmEntity entity)
    {
        var width = http.Request.Query["width"] == "240" ? "240" : "300";
        var frame = Frame
            .Replace("{{width}}", width, StringComparison.Ordinal)
            .Replace("{{title}}", WebUtility.HtmlEncode(entity.Name), StringComparison.Ordinal);
        return Answer.Html(200, Fill(frame, http, sandbox, json =>
        {
            json.WritePropertyName("card");
            CardModel.Write(json, sandbox.State, entity);
        }));
    }

    /// <summary>A page's frame with the choices of its address (user, language, theme) and what the platform's script needs.</summary>
    /// <param name="writePlace">Writes what the page is about, as properties.</param>
    public static string Fill(string frame, HttpContext http, SandboxContext sandbox, Action<Utf8JsonWriter> writePlace)
    {
        var query = http.Request.Query;
        var theme = query["theme"] == "dark" ? "dark" : "light";
        var language = query["lang"] == "en" ? "en" : "ru";
        var platform = Platform(sandbox, UserOf(query["user"], sandbox.State), language, theme, query, writePlace);
        return frame
            .Replace("{{lang}}", language, StringComparison.Ordinal)
            .Replace("{{theme}}", theme, StringComparison.Ordinal)
            .Replace("{{platform}}", platform, StringComparison.Ordinal);
    }

    /// <summary>The user named in the address, else the account's owner.</summary>
    public static CrmUser UserOf(string? named, SandboxState state) =>
        long.TryParse(named, CultureInfo.InvariantCulture, out var id) && state.User(id) is { } user ? user : state.Owner;

    /// <summary>JSON that may stand inside a script element: the default encoder leaves no angle bracket in it.</summary>
    private static string Platform(
        SandboxContext sandbox, CrmUser user, string language, string theme, IQueryCollection query, Action<Utf8JsonWriter> writePlace)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteString("lang", language);
            json.WriteBoolean("actionsFirst", query["order"] == "actions-first");
            writePlace(json);
            WriteConstants(json, sandbox.State, user, theme);
            WriteWidget(json, sandbox, language, isInstalled: query["installed"] != "0");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static void WriteConstants(Utf8JsonWriter json, SandboxState state, CrmUser user, string theme)
    {
        json.WriteStartObject("constants");
        json.WriteStartObject("user");
        json.WriteNumber("id", user.Id);
        json.WriteString("name", user.Name);
        json.WriteString("login", user.Email);
        json.WriteString("theme", theme);
        json.WriteEndObject();
        json.WriteStartObject("account");
        json.WriteNumber("id", state.Account.Id);
        json.WriteString("subdomain", state.Account.Subdomain);
        json.WriteString("timezone", state.Account.TimeZoneId);
        json.WriteString("currency", state.Account.Currency);
        json.WriteEndObject();
        WriteManagers(json, state);
        json.WriteStartObject("user_rights");
        json.WriteBoolean("is_admin", user.IsAdmin);
        json.WriteEndObject();
        json.WriteStartObject("groups");
        json.WriteString("group_0", "Отдел продаж");
        json.WriteEndObject();
        json.WriteStartObject("task_types");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteManagers(Utf8JsonWriter json, SandboxState state)
    {
        json.WriteStartObject("managers");
        foreach (var manager in state.Users)
        {
            json.WriteStartObject(manager.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("id", manager.Id);
            json.WriteString("title", manager.Name);
            json.WriteString("is_admin", manager.IsAdmin ? "Y" : "N");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteWidget(Utf8JsonWriter json, SandboxContext sandbox, string language, bool isInstalled)
    {
        if (sandbox.Widget is not { } widget)
        {
            json.WriteNull("widget");
            return;
        }

        var path = $"/widgets/{widget.Code}";
        json.WriteStartObject("widget");
        json.WriteString("code", widget.Code);
        json.WriteString("path", path);
        json.WriteString("version", widget.Version);
        json.WritePropertyName("locations");
        widget.Manifest.GetProperty("locations").WriteTo(json);
        json.WritePropertyName("words");
        widget.Words(language).WriteTo(json);
        WriteSettings(json, sandbox, widget, path, isInstalled);
        json.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter json, SandboxContext sandbox, WidgetArchive widget, string path, bool isInstalled)
    {
        json.WriteStartObject("settings");
        json.WriteString("widget_code", widget.Code);
        json.WriteString("path", path);
        json.WriteString("images_path", path + "/images");
        json.WriteString("version", widget.Version);
        json.WriteString("status", isInstalled ? "installed" : "install");
        json.WriteString("active", isInstalled ? "Y" : "N");
        foreach (var field in AreaPage.FieldsOf(isInstalled ? widget : null))
        {
            // Whatever the widget needs was given when it was installed.
            json.WriteNumber(field.Name, 1);
        }

        json.WriteString("oauth_client_uuid", sandbox.State.Integrations.Count > 0 ? sandbox.State.Integrations[0].ClientId : "");
        if (sandbox.Options.Backend is { } backend)
        {
            json.WriteString("backend", backend);
        }

        json.WriteEndObject();
    }
}
