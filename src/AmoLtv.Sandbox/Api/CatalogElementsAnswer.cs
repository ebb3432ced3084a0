using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.Generation;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Elements of a list: GET by page, by <c>filter[id]</c> (no part of the paid add-on) and by <c>query</c>; PATCH of names.</summary>
internal static class CatalogElementsAnswer
{
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

        var found = Wanted(call).ToList();
        var elements = found.Skip((int)Math.Min(list.Skip, int.MaxValue)).Take(list.Limit).ToList();
        return elements.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_page", list.Page);
            ListLinks.Write(json, call, list.Page, list.Skip + list.Limit < found.Count || call.Options.DanglingNext);
            WriteAll(json, call, elements);
            json.WriteEndObject();
        });
    }

    public static Answer One(ApiCall call)
    {
        var id = long.Parse((string)call.Http.GetRouteValue("element")!, CultureInfo.InvariantCulture);
        return !call.User.IsAdmin ? Problem.Forbidden
            : call.State.Element(id) is { IsDeleted: false } element && element.CatalogId == call.RouteId ? Answer.Hal(json => Write(json, element, call))
            : Answer.NoContent;
    }

    /// <summary>Renames elements; one that the list has not is refused, and then nothing is saved.</summary>
    public static Answer PatchMany(ApiCall call)
    {
        if (!call.User.IsAdmin)
        {
            return Problem.Forbidden;
        }

        if (EntityWrites.Elements(call.Body) is not { } sent)
        {
            return Problem.EmptyBody;
        }

        var changed = sent.Select(row => Changed(call, row)).ToList();
        if (changed.FindIndex(element => element is null) is var bad and >= 0)
        {
            return Problem.Validation([new RefusedElement(bad.ToString(CultureInfo.InvariantCulture), [FieldError.NotSupportedChoice("id")])]);
        }

        changed.ForEach(element => call.State.Save(element!));
        return Answer.Hal(json =>
        {
            json.WriteStartObject();
            WriteAll(json, call, changed.OfType<CatalogElement>());
            json.WriteEndObject();
        });
    }

    private static CatalogElement? Changed(ApiCall call, JsonElement sent) =>
        sent.TryGetProperty("id", out var number) && number.TryGetInt64(out var id)
        && call.State.Element(id) is { IsDeleted: false } element && element.CatalogId == call.RouteId
            ? element with
            {
                Name = sent.TryGetProperty("name", out var name) ? name.ToString() : element.Name,
                UpdatedAt = call.State.Clock.Seconds,
            }
            : null;

    private static IEnumerable<CatalogElement> Wanted(ApiCall call)
    {
        var ids = call.Query.Where(pair => pair.Key.StartsWith("filter[id]", StringComparison.Ordinal)).SelectMany(pair => pair.Value)
            .Select(text => long.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : -1).ToHashSet();
        var search = call.Query["query"].ToString();
        return call.State.Elements.Where(element => !element.IsDeleted && element.CatalogId == call.RouteId
            && (ids.Count == 0 || ids.Contains(element.Id))
            && (search.Length == 0 || element.Name.Contains(search, StringComparison.OrdinalIgnoreCase)));
    }

    private static void WriteAll(Utf8JsonWriter json, ApiCall call, IEnumerable<CatalogElement> elements)
    {
        json.WriteStartObject("_embedded");
        json.WriteStartArray("elements");
        foreach (var element in elements)
        {
            Write(json, element, call);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CatalogElement element, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteNumber("id", element.Id);
        json.WriteNumber("catalog_id", element.CatalogId);
        json.WriteString("name", element.Name);
        json.WriteNumber("created_by", call.State.Owner.Id);
        json.WriteNumber("updated_by", call.State.Owner.Id);
        json.WriteNumber("created_at", call.State.Account.CreatedAt);
        json.WriteNumber("updated_at", Math.Max(element.UpdatedAt, call.State.Account.CreatedAt));
        json.WriteNull("is_deleted");
        WriteFields(json, element);
        json.WriteNumber("account_id", call.State.Account.Id);
        ListLinks.Self(json, call, CatalogsAnswer.ElementPath(element.CatalogId, element.Id));
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, CatalogElement element)
    {
        (long Id, string Name, string Code, string Type, string? Value)[] fields =
        [
            (ProductShelf.SkuField, "Артикул", "SKU", "text", element.Sku),
            (ProductShelf.GroupField, "Группа", "GROUP", "category", element.Group),
            (ProductShelf.PriceField, "Цена", "PRICE", "price", element.Price?.ToString(CultureInfo.InvariantCulture)),
        ];
        if (Array.TrueForAll(fields, field => field.Value is null))
        {
            json.WriteNull("custom_fields_values");
            return;
        }

        json.WriteStartArray("custom_fields_values");
        foreach (var field in fields.Where(field => field.Value is not null))
        {
            json.WriteStartObject();
            json.WriteNumber("field_id", field.Id);
            json.WriteString("field_name", field.Name);
            json.WriteString("field_code", field.Code);
            json.WriteString("field_type", field.Type);
            json.WriteStartArray("values");
            json.WriteStartObject();
            json.WriteString("value", field.Value);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
