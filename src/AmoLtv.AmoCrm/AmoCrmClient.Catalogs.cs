using System.Globalization;
using AmoLtv.AmoCrm.Catalogs;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm;

/// <content>Lists of the account and what is in them. Only users with access to lists may read them, and not every plan has them.</content>
public sealed partial class AmoCrmClient
{
    /// <summary>The same account, its leads listed with their products: no request more, larger answers.</summary>
    public AmoCrmClient WithProducts() => new(this, LeadExtras + ",catalog_elements");

    public Task<IReadOnlyList<CrmCatalog>> GetCatalogsAsync(CancellationToken cancellationToken) =>
        ReadAllAsync("Reading lists", "api/v4/catalogs", "catalogs", CatalogJson.Catalog, cancellationToken);

    /// <summary>Elements of these numbers; those the list no longer has are missing. Where the CRM ignores the filter, any elements: look at each.</summary>
    /// <param name="catalog">The list.</param>
    /// <param name="ids">At most 250.</param>
    public Task<Page<CrmProduct>> GetProductsAsync(long catalog, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, PageSize, nameof(ids));
        List<(string, string)> query = [("page", "1"), ("limit", Text(PageSize)), .. ids.Select((id, index) => ($"filter[id][{Text(index)}]", Text(id)))];
        return GetPageAsync(
            new CrmRequest(string.Create(CultureInfo.InvariantCulture, $"Reading {ids.Count} elements of list {catalog}"), HttpMethod.Get, ElementsPath(catalog), query),
            1, "elements", row => CatalogJson.Product(row, catalog), cancellationToken);
    }

    /// <summary>All elements of a list, page by page.</summary>
    public IAsyncEnumerable<Page<CrmProduct>> ReadProductsAsync(long catalog, CancellationToken cancellationToken) =>
        ReadInTurnAsync(
            $"Reading elements of list {Text(catalog)}", ElementsPath(catalog), [("limit", Text(PageSize))], "elements",
            row => CatalogJson.Product(row, catalog), cancellationToken);

    private static string ElementsPath(long catalog) => $"api/v4/catalogs/{Text(catalog)}/elements";
}
