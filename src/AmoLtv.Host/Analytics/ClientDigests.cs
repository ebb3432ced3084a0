using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Analytics;

/// <summary>What the rows of each client say, by its place: of the list of clients, and of what it bought.</summary>
internal sealed class ClientDigests
{
    private readonly AnalysedBase _analysed;
    private readonly Dictionary<CustomerKey, NearTierClient> _near;
    private readonly long[] _days;
    private readonly long[] _products;

    public ClientDigests(AnalysedBase analysed)
    {
        _analysed = analysed;
        _near = analysed.NearTiers().ToDictionary(client => client.Key);
        _days = new long[analysed.Clients.Count];
        _products = new long[analysed.Clients.Count];
        foreach (var purchase in analysed.Purchases)
        {
            if (!purchase.IsCreditNote)
            {
                var digest = new RowDigest();
                digest.Add((DateOnly?)purchase.Day);
                // A sum: the same days in another order are the same.
                _days[purchase.Client] += digest.Value;
            }
        }

        // One more than nothing, so that a client without products differs from one of whom nobody knows.
        Array.Fill(_products, 1);
        foreach (var holding in analysed.Sold.Tally.Holdings)
        {
            var digest = new RowDigest();
            digest.Add((long?)holding.Product.Catalog);
            digest.Add((long?)holding.Product.Element);
            digest.Add((long?)holding.Purchases);
            digest.Add((long?)holding.Days);
            digest.Add((decimal?)holding.Units);
            digest.Add((decimal?)holding.Revenue);
            digest.Add((decimal?)holding.Shared);
            digest.Add((DateOnly?)holding.First);
            digest.Add((DateOnly?)holding.Last);
            _products[holding.Client] += digest.Value;
        }
    }

    /// <summary>Of what the analyses found of the client at a place.</summary>
    public long Found(int place)
    {
        var client = _analysed.Clients[place];
        var digest = new RowDigest();
        digest.Add(client.Responsible?.Value);
        digest.Add((decimal?)client.Value);
        var (tier, missing) = Near(client.Key);
        digest.Add(tier);
        digest.Add(missing);
        digest.Add((long?)_days[place]);
        _analysed.Levels.AddTo(ref digest, place);
        return digest.Value;
    }

    /// <summary>Of all that lists of clients show: what was found, and its result beside it.</summary>
    public long Row(int place) => Found(place) ^ _analysed.Clients[place].Digest;

    /// <summary>Of what it bought, product by product.</summary>
    public long Products(int place) => _products[place];

    /// <summary>The next tier, and what is missing from it; nulls where it is not close.</summary>
    public (string? Tier, decimal? Missing) Near(CustomerKey client) =>
        _near.TryGetValue(client, out var next) ? (next.NextTier, next.Missing) : (null, null);
}
