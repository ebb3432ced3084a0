using AmoLtv.Core.Products;
using AmoLtv.Core.Syncing;

namespace AmoLtv.Host.Analytics.Products;

/// <summary>What the clients of the base bought, product by product.</summary>
/// <param name="Lists">How the account's lists were read last; null where they never were.</param>
/// <param name="Tally">Purchases with products; clients by their place in the base.</param>
internal sealed record SoldProducts(CatalogOutcome? Lists, ProductTally Tally)
{
    public static SoldProducts None => new(null, new ProductTally());

    public ProductsState State => Tally.Purchases > 0 ? ProductsState.Found : Lists switch
    {
        null => ProductsState.NotRead,
        CatalogOutcome.None => ProductsState.NoCatalog,
        CatalogOutcome.Refused => ProductsState.Refused,
        _ => ProductsState.NotLinked,
    };
}
