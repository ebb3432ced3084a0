using System.Runtime.InteropServices;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>Adds purchases up to what each client bought of each product. Purchases come by day: a base has a million of them, and is read once.</summary>
public sealed class ProductTally
{
    private readonly Dictionary<(int Client, ProductId Product), ProductHolding> _holdings = [];
    private readonly HashSet<int> _clients = [];
    private DateOnly _day = DateOnly.MinValue;

    /// <summary>Purchases with at least one product.</summary>
    public int Purchases { get; private set; }

    /// <summary>Their amounts.</summary>
    public decimal Revenue { get; private set; }

    /// <summary>Clients with such a purchase.</summary>
    public int Clients => _clients.Count;

    public IReadOnlyCollection<ProductHolding> Holdings => _holdings.Values;

    /// <param name="client">Place of the client.</param>
    /// <param name="day">Of the purchase; not before the last one added.</param>
    /// <param name="shares">Its products, each once; none: nothing is added.</param>
    /// <exception cref="ArgumentNullException"><paramref name="shares"/> is null.</exception>
    /// <exception cref="ArgumentException">The day lies before the last one added.</exception>
    public void Add(int client, DateOnly day, IReadOnlyList<ProductShare> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (day < _day)
        {
            throw new ArgumentException("Purchases are to be added by day.", nameof(day));
        }

        _day = day;
        if (shares.Count == 0)
        {
            return;
        }

        Purchases++;
        _clients.Add(client);
        foreach (var share in shares)
        {
            Revenue += share.Revenue;
            Add(client, day, share);
        }
    }

    private void Add(int client, DateOnly day, ProductShare share)
    {
        ref var holding = ref CollectionsMarshal.GetValueRefOrAddDefault(_holdings, (client, share.Product), out var isKnown);
        var shared = share.IsShared ? share.Revenue : 0;
        holding = isKnown
            ? holding with
            {
                Purchases = holding.Purchases + 1,
                Days = holding.Days + (day > holding.Last ? 1 : 0),
                Units = holding.Units + share.Units,
                Revenue = holding.Revenue + share.Revenue,
                Shared = holding.Shared + shared,
                Last = day,
            }
            : new ProductHolding(client, share.Product, 1, 1, share.Units, share.Revenue, shared, day, day);
    }
}
