namespace AmoLtv.AmoCrm.Catalogs;

/// <summary>A list of the account.</summary>
/// <param name="Type">As the CRM writes it: <c>regular</c>, <c>products</c>, <c>invoices</c>, and others outside its documentation.</param>
public sealed record CrmCatalog(long Id, string Name, string Type)
{
    /// <summary>
    /// Whether its elements are what clients buy. An account has at most one such list. Ordinary lists hold anything, towns as well as goods, and
    /// elements of invoices are bills.
    /// </summary>
    public bool IsSold => Type == "products";
}
