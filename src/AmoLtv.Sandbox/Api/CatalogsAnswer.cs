using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of the account's lists; for users with access to lists, which administrators have here.</summary>
internal static class CatalogsAnswer
{
    public const string Path = "/api/v4/catalogs";

    public static Answer List(ApiCall call)
    {
        if (!call.User.IsAdmin)
        {
            return Problem.Forbidden;
        }

        var list = ListQuery.Read(call);
        if (list is null)
        {
            return Problem.TooMany;
        }

        var catalogs = call.State.Catalogs.OrderBy(catalog => catalog.Sort).Skip((int)Math.Min(list.Skip, int.MaxValue)).Take(list.Limit).ToList();
        return catalogs.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_page", list.Page);
            ListLinks.Write(json, call, list.Page, list.Skip + list.Limit < call.State.Catalogs.Count);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("catalogs");
            catalogs.ForEach(catalog => Write(json, catalog, call));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer One(ApiCall call) =>
        !call.User.IsAdmin ? Problem.Forbidden
        : call.State.Catalogs.FirstOrDefault(catalog => catalog.Id == call.RouteId) is { } catalog ? Answer.Hal(json => Write(json, catalog, call))
        : Answer.NoContent;

    /// <summary>An element as leads embed it.</summary>
    public static void WriteLinked(Utf8JsonWriter json, ApiCall call, LinkedElement linked)
    {
        json.WriteStartObject();
        json.WriteNumber("id", linked.ElementId);
        WriteMetadata(json, linked);
        ListLinks.Self(json, call, ElementPath(linked.CatalogId, linked.ElementId));
        json.WriteEndObject();
    }

    /// <summary>What a link to an element says beside which one it is.</summary>
    public static void WriteMetadata(Utf8JsonWriter json, LinkedElement linked)
    {
        json.WriteStartObject("metadata");
        json.WriteNumber("quantity", linked.Quantity);
        json.WriteNumber("catalog_id", linked.CatalogId);
        if (linked.PriceId is { } price)
        {
            json.WriteNumber("price_id", price);
        }

        json.WriteEndObject();
    }

    public static string ElementPath(long catalog, long element) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{catalog}/elements/{element}");

    private static void Write(Utf8JsonWriter json, Catalog catalog, ApiCall call)
    {
        var (account, isInvoices) = (call.State.Account, catalog.Type == "invoices");
        json.WriteStartObject();
        json.WriteNumber("id", catalog.Id);
        json.WriteString("name", catalog.Name);
        json.WriteNumber("created_by", call.State.Owner.Id);
        json.WriteNumber("updated_by", call.State.Owner.Id);
        json.WriteNumber("created_at", account.CreatedAt);
        json.WriteNumber("updated_at", account.CreatedAt);
        json.WriteNumber("sort", catalog.Sort);
        json.WriteString("type", catalog.Type);
        json.WriteBoolean("can_add_elements", !isInvoices);
        json.WriteBoolean("can_show_in_cards", isInvoices);
        json.WriteBoolean("can_link_multiple", !isInvoices);
        json.WriteBoolean("can_be_deleted", catalog.Type == "regular");
        json.WriteNull("sdk_widget_code");
        json.WriteNumber("account_id", account.Id);
        ListLinks.Self(json, call, string.Create(CultureInfo.InvariantCulture, $"{Path}/{catalog.Id}"));
        json.WriteEndObject();
    }
}
