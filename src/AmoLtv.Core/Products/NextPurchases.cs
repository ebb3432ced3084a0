using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>
/// "What similar clients buy next": association rules from one product to another in the order of purchase. Support, confidence and minimum support:
/// R. Agrawal, T. Imieliński, A. Swami, "Mining association rules between sets of items in large databases", SIGMOD 1993; order:
/// R. Agrawal, R. Srikant, "Mining sequential patterns", ICDE 1995; lift: S. Brin, R. Motwani, J. D. Ullman, S. Tsur, "Dynamic itemset counting
/// and implication rules for market basket data", SIGMOD 1997.
/// <para>
/// A rule is kept where even the lower end of its confidence (95 %, <see cref="ShareInterval"/>) lies above what clients do in general. What was
/// bought on the same day is a bundle, not a next purchase. Clients who bought the first product lately have had little time to come back: shares are
/// of what has happened so far, and rather too low.
/// </para>
/// </summary>
public static class NextPurchases
{
    /// <summary>Clients with products below which nothing is said.</summary>
    public const int LeastClients = 30;

    /// <summary>Clients that came back for another product below which nothing is said.</summary>
    public const int LeastReturns = 10;

    /// <summary>Clients with the first product and without the second below which a pair is not compared.</summary>
    public const int LeastBase = 20;

    /// <summary>Clients that bought the second one later below which a pair is chance: minimum support.</summary>
    public const int LeastFollowers = 5;

    /// <summary>Pairs given at most.</summary>
    public const int Most = 100;

    /// <param name="holdings">Of all clients.</param>
    /// <exception cref="ArgumentNullException"><paramref name="holdings"/> is null.</exception>
    public static NextPurchaseReport Of(IEnumerable<ProductHolding> holdings)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        var orders = PurchaseOrders.Of(holdings);
        if (orders.Clients < LeastClients)
        {
            return Refused(NextPurchaseRefusalReason.TooFewClients, orders.Clients, LeastClients);
        }

        if (orders.Returned < LeastReturns)
        {
            return Refused(NextPurchaseRefusalReason.TooFewReturns, orders.Returned, LeastReturns);
        }

        var bought = orders.Pairs().ToList();
        var pairs = bought.FindAll(pair => pair.Clients >= LeastBase);
        return pairs.Count == 0
            ? Refused(NextPurchaseRefusalReason.TooFewBuyers, bought.Max(pair => pair.Clients), LeastBase)
            : new NextPurchaseReport(
                Refusal: null,
                pairs.Count,
                [
                    .. pairs.Where(pair => pair.Followers >= LeastFollowers && pair.Share.Low > pair.Usual)
                        .OrderByDescending(pair => pair.Share.Low)
                        .ThenByDescending(pair => pair.Followers)
                        .ThenBy(pair => pair.After.Catalog).ThenBy(pair => pair.After.Element)
                        .ThenBy(pair => pair.Product.Catalog).ThenBy(pair => pair.Product.Element)
                        .Take(Most),
                ]);
    }

    /// <param name="holdings">Of these clients.</param>
    /// <param name="pairs">The pairs.</param>
    /// <returns>How many of the clients have the first product of each pair and not the second: whom to offer it. In the order of the pairs.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<int> CandidatesOf(IEnumerable<ProductHolding> holdings, IReadOnlyList<(ProductId After, ProductId Product)> pairs)
    {
        ArgumentNullException.ThrowIfNull(holdings);
        ArgumentNullException.ThrowIfNull(pairs);
        var held = holdings.GroupBy(holding => holding.Product, holding => holding.Client).ToDictionary(one => one.Key, one => one.ToHashSet());
        return
        [
            .. pairs.Select(pair => !held.TryGetValue(pair.After, out var having) ? 0
                : held.TryGetValue(pair.Product, out var bought) ? having.Count(client => !bought.Contains(client))
                : having.Count),
        ];
    }

    private static NextPurchaseReport Refused(NextPurchaseRefusalReason reason, int have, int need) => new(new NextPurchaseRefusal(reason, have, need), 0, []);
}
