using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Products;

/// <summary>What clients buy, product by product. That buyers of a product are worth more than others says nothing of a cause.</summary>
public static class ProductResults
{
    /// <summary>The products with the most revenue first; of equal ones the lower number.</summary>
    /// <param name="holdings">Of all clients.</param>
    /// <param name="values">LTV of the clients by their place, 0 or above; null for one that is not of the base.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<ProductResult> Of(IEnumerable<ProductHolding> holdings, IReadOnlyList<decimal?> values)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        ArgumentNullException.ThrowIfNull(values);
        var (count, sum) = (values.Count(value => value is not null), values.Sum(value => value ?? 0));
        return
        [
            .. holdings.Where(holding => values[holding.Client] is not null)
                .GroupBy(holding => holding.Product)
                .Select(sold => Of(sold.Key, [.. sold], values, count, sum))
                .OrderByDescending(result => result.Revenue)
                .ThenBy(result => result.Product.Catalog)
                .ThenBy(result => result.Product.Element),
        ];
    }

    private static ProductResult Of(ProductId product, List<ProductHolding> sold, IReadOnlyList<decimal?> values, int count, decimal sum)
    {
        var repeated = sold.Count(holding => holding.IsRepeated);
        var bought = sold.ConvertAll(holding => values[holding.Client]!.Value);
        return new ProductResult(
            product,
            sold.Sum(holding => holding.Purchases),
            sold.Count,
            sold.Sum(holding => holding.Units),
            sold.Sum(holding => holding.Revenue),
            sold.Sum(holding => holding.Shared),
            repeated,
            (double)repeated / sold.Count,
            MeanValue.Of(bought),
            count > sold.Count ? Money.Round((sum - bought.Sum()) / (count - sold.Count)) : null);
    }
}
