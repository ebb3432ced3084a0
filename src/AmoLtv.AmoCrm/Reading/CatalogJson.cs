using System.Text.Json;
using AmoLtv.AmoCrm.Catalogs;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>Reads lists, their elements, and the elements that leads are linked with. Only ids are required; a missing name is empty.</summary>
internal static class CatalogJson
{
    private const decimal MostQuantity = 1_000_000_000m;

    private const decimal MostPrice = 1_000_000_000_000_000m;

    /// <exception cref="FormatException"><c>id</c> is missing.</exception>
    public static CrmCatalog Catalog(JsonElement row) => new(Required(row), Json.Text(row, "name") ?? "", Json.Text(row, "type") ?? "");

    /// <param name="row">An element.</param>
    /// <param name="catalog">The list it was asked for in.</param>
    /// <exception cref="FormatException"><c>id</c> is missing.</exception>
    public static CrmProduct Product(JsonElement row, long catalog)
    {
        decimal? coded = null;
        var prices = new Dictionary<FieldId, decimal>();
        foreach (var field in Json.List(row, "custom_fields_values"))
        {
            if (Json.Text(field, "field_type") == "price" && Json.Integer(field, "field_id") is { } id && Price(field) is { } price)
            {
                prices[new FieldId(id)] = price;
                coded = Json.Text(field, "field_code") == "PRICE" ? price : coded;
            }
        }

        return new CrmProduct(new ProductId(catalog, Required(row)), Json.Text(row, "name") ?? "", coded, prices, Json.IsTrue(row, "is_deleted"));
    }

    /// <summary>
    /// Products of a lead, where it was listed with them. What does not say which list it is of is left out; the same product twice is one of
    /// both quantities.
    /// </summary>
    public static IReadOnlyList<CrmLeadProduct> OfLead(JsonElement lead)
    {
        Dictionary<ProductId, CrmLeadProduct>? products = null;
        foreach (var element in Json.List(lead, "_embedded", "catalog_elements"))
        {
            var metadata = Json.Property(element, "metadata") ?? element;
            if (Json.Integer(element, "id") is not { } id || (Json.Integer(metadata, "catalog_id") ?? Json.Integer(element, "catalog_id")) is not { } catalog)
            {
                continue;
            }

            products ??= [];
            var product = new ProductId(catalog, id);
            var quantity = (Json.Decimal(metadata, "quantity") ?? Json.Decimal(element, "quantity")) is { } given and > 0 and <= MostQuantity ? given : 1;
            var field = Json.Integer(metadata, "price_id") is { } price and > 0 ? new FieldId(price) : (FieldId?)null;
            products[product] = products.TryGetValue(product, out var before)
                ? before with { Quantity = Math.Min(before.Quantity + quantity, MostQuantity) }
                : new CrmLeadProduct(product, quantity, field);
        }

        return products is null ? [] : [.. products.Values.OrderBy(product => product.Product.Catalog).ThenBy(product => product.Product.Element)];
    }

    private static decimal? Price(JsonElement field) =>
        Json.List(field, "values").Select(value => Json.Decimal(value, "value")).FirstOrDefault() is { } price and >= 0 and < MostPrice ? price : null;

    private static long Required(JsonElement row) => Json.Integer(row, "id") ?? throw new FormatException("id is missing");
}
