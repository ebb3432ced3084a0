using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Products;

/// <summary>
/// Shares the amount of a purchase out among its products. The CRM says what a lead cost and which products it had, not what each of them cost on
/// that day: where there are several, the amount goes by quantity times today's list price, and in equal parts where one of them has no price.
/// </summary>
public static class AmountSplit
{
    /// <summary>Parts in the order of the items. They sum to the amount to the kopeck: what is rounded is where each part ends, not how large it is.</summary>
    /// <param name="amount">Of the purchase, in the account's currency, 0 or above.</param>
    /// <param name="items">Each product once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is null.</exception>
    public static IReadOnlyList<ProductShare> Of(decimal amount, IReadOnlyList<SoldItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var isPriced = items.All(item => item.Price > 0);
        var whole = isPriced ? items.Sum(item => item.Quantity * item.Price!.Value) : items.Count;
        var shares = new ProductShare[items.Count];
        var (weight, begin) = (0m, 0m);
        foreach (var (place, item) in items.Index())
        {
            weight += isPriced ? item.Quantity * item.Price!.Value : 1;
            // Divided first: the weight times the amount could grow beyond what a decimal holds.
            var end = place == items.Count - 1 ? amount : Money.Round(amount * (weight / whole));
            shares[place] = new ProductShare(item.Product, item.Quantity, end - begin, items.Count > 1);
            begin = end;
        }

        return shares;
    }
}
