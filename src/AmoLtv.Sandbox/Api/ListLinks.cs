using System.Globalization;
using System.Text.Json;

namespace AmoLtv.Sandbox.Api;

/// <summary>The <c>_links</c> of a list: self, and where they exist next, first, prev, last.</summary>
internal static class ListLinks
{
    public static void Write(Utf8JsonWriter json, ApiCall call, int page, bool hasNext, int? last = null)
    {
        json.WriteStartObject("_links");
        Link(json, "self", call, page);
        if (hasNext)
        {
            Link(json, "next", call, page + 1);
        }

        if (page > 1)
        {
            Link(json, "first", call, 1);
            Link(json, "prev", call, page - 1);
        }

        if (last is { } lastPage)
        {
            Link(json, "last", call, lastPage);
        }

        json.WriteEndObject();
    }

    public static void Self(Utf8JsonWriter json, ApiCall call, string path)
    {
        json.WriteStartObject("_links");
        json.WriteStartObject("self");
        json.WriteString("href", call.Link(path));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Link(Utf8JsonWriter json, string name, ApiCall call, int page)
    {
        var others = call.Query.Where(pair => pair.Key != "page").SelectMany(pair => pair.Value, (pair, value) => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? "")}");
        var query = string.Join('&', others.Append(string.Create(CultureInfo.InvariantCulture, $"page={page}")));
        json.WriteStartObject(name);
        json.WriteString("href", call.Link(call.Path + "?" + query));
        json.WriteEndObject();
    }
}
