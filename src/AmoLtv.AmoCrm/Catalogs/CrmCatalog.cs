namespace AmoLtv.AmoCrm.Catalogs;

/// <summary>A list of the account.</summary>
/// <param name="Type">As the CRM writes it: <c>regular</c>, <c>products</c>, <c>invoices</c>, and others outside its documentation.</param>
public sealed record CrmCatalog(long Id, string Name, string Type)
{
    private const string Products = "products";
    private const string Regular = "regular";

    /// <summary>
    /// Lists whose elements are what clients buy: that of products (an account has at most one), and where there is none the ordinary lists, which
    /// such accounts keep their goods in. Elements of invoices are bills, not goods.
    /// </summary>
    public static IReadOnlySet<long> Sold(IReadOnlyCollection<CrmCatalog> catalogs)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        var type = catalogs.Any(catalog => catalog.Type == Products) ? Products : Regular;
        return catalogs.Where(catalog => catalog.Type == type).Select(catalog => catalog.Id).ToHashSet();
    }
}
