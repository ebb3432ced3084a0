using AmoLtv.Core.Products;

namespace AmoLtv.Host.Analytics.Products;

/// <summary>What clients buy, and what similar clients buy next. Money in the account's currency.</summary>
/// <param name="State">Whether there is something to tell.</param>
/// <param name="Clients">Of the base.</param>
/// <param name="Buyers">Those of them with a product.</param>
/// <param name="Cover">How much is known by product; null where it is about a user's own clients.</param>
/// <param name="Products">The most revenue first, at most <see cref="Most"/>.</param>
/// <param name="More">Products that are left out here.</param>
/// <param name="MoreRevenue">Their revenue.</param>
/// <param name="Next">What similar clients buy next.</param>
internal sealed record ProductsDocument(
    ProductsState State, int Clients, int Buyers, ProductCover? Cover, IReadOnlyList<ProductResult> Products, int More, decimal MoreRevenue, NextPurchaseReport Next)
{
    /// <summary>A page holds no more; the long tail of a large catalog is summed up.</summary>
    public const int Most = 300;

    public static ProductsDocument Of(AnalysedBase analysed)
    {
        var (sold, clients) = (analysed.Sold, analysed.Clients);
        var values = clients.Select(client => client.FirstPurchase is null ? (decimal?)null : client.Value).ToList();
        var (purchases, revenue) = (0, 0m);
        foreach (var purchase in analysed.Purchases.Where(purchase => !purchase.IsCreditNote && values[purchase.Client] is not null))
        {
            (purchases, revenue) = (purchases + 1, revenue + purchase.Amount);
        }

        return Of(
            sold.State, values, sold.Tally.Holdings, sold.Tally.Clients,
            new ProductCover(purchases, sold.Tally.Purchases, revenue, sold.Tally.Revenue), NextPurchases.Of(sold.Tally.Holdings));
    }

    /// <param name="state">Of the account.</param>
    /// <param name="values">LTV of the clients by place; null for one that is not of the base.</param>
    /// <param name="holdings">Of these clients.</param>
    /// <param name="buyers">Of these clients, those with a product.</param>
    /// <param name="cover">How much is known by product; null where it is about a user's own clients.</param>
    /// <param name="next">What was found of the whole account.</param>
    public static ProductsDocument Of(
        ProductsState state, IReadOnlyList<decimal?> values, IReadOnlyCollection<ProductHolding> holdings, int buyers, ProductCover? cover, NextPurchaseReport next)
    {
        var results = ProductResults.Of(holdings, values);
        var rest = results.Skip(Most).ToList();
        return new ProductsDocument(
            state, values.Count(value => value is not null), buyers, cover, [.. results.Take(Most)], rest.Count, rest.Sum(result => result.Revenue), next);
    }
}
