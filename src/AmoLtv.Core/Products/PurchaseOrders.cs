using System.Runtime.InteropServices;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>In which order clients came to their products, counted by pairs.</summary>
internal sealed class PurchaseOrders
{
    private readonly List<ProductId> _products = [];
    private readonly List<int> _buyers = [];
    private readonly List<int> _began = [];
    private readonly List<int> _came = [];

    /// <summary>Clients that bought the second on a later day than the first.</summary>
    private readonly Dictionary<(int After, int Product), int> _followed = [];

    /// <summary>Clients that had the second when they first bought the first, or bought it on the same day.</summary>
    private readonly Dictionary<(int After, int Product), int> _had = [];

    /// <summary>With at least one product.</summary>
    public int Clients { get; private set; }

    /// <summary>Of them, those that bought another product on a day after their first one.</summary>
    public int Returned { get; private set; }

    public static PurchaseOrders Of(IEnumerable<ProductHolding> holdings)
    {
        var orders = new PurchaseOrders();
        var places = new Dictionary<ProductId, int>();
        foreach (var client in holdings.GroupBy(holding => holding.Client))
        {
            orders.Count([.. client.Select(holding => (Product: orders.PlaceOf(places, holding.Product), Day: holding.First))]);
        }

        return orders;
    }

    /// <summary>Every ordered pair that some client bought one after the other.</summary>
    public IEnumerable<NextPurchase> Pairs()
    {
        foreach (var ((after, product), followers) in _followed)
        {
            var clients = _buyers[after] - _had.GetValueOrDefault((after, product));
            // Whoever did not begin with it could come to buy it later: followers are among them, so there are some.
            var usual = (double)_came[product] / (Clients - _began[product]);
            var share = ShareInterval.Of(followers, clients);
            yield return new NextPurchase(_products[after], _products[product], clients, followers, share, usual, share.Share / usual);
        }
    }

    private int PlaceOf(Dictionary<ProductId, int> places, ProductId product)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, product, out var isKnown);
        if (!isKnown)
        {
            place = _products.Count;
            _products.Add(product);
            _buyers.Add(0);
            _began.Add(0);
            _came.Add(0);
        }

        return place;
    }

    private void Count((int Product, DateOnly Day)[] bought)
    {
        var first = bought.Min(one => one.Day);
        Clients++;
        Returned += Array.Exists(bought, one => one.Day > first) ? 1 : 0;
        foreach (var one in bought)
        {
            _buyers[one.Product]++;
            if (one.Day == first)
            {
                _began[one.Product]++;
            }
            else
            {
                _came[one.Product]++;
            }

            foreach (var other in bought.Where(other => other.Product != one.Product))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(other.Day > one.Day ? _followed : _had, (one.Product, other.Product), out _)++;
            }
        }
    }
}
