using AmoLtv.Core.Products;
using AmoLtv.Host.Database;
using Npgsql;

namespace AmoLtv.Host.Analytics.Products;

/// <summary>Keeps what each client bought of each product: only that of clients who bought something since is written.</summary>
internal static class ProductKeeping
{
    private const int Columns = 12;

    /// <summary>Within the caller's transaction.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, AnalysedBase analysed, ClientDifferences differences, CancellationToken cancellationToken)
    {
        var account = analysed.Account.Id.Value;
        await ClientKeeping.DeleteAsync(connection, "analysed_products", account, differences.OldProducts, cancellationToken);
        var isWanted = new bool[analysed.Clients.Count];
        foreach (var place in differences.Products)
        {
            isWanted[place] = true;
        }

        // In the order of the key, which is then filled from one end to the other.
        var holdings = analysed.Sold.Tally.Holdings.Where(holding => isWanted[holding.Client])
            .OrderBy(holding => holding.Product.Catalog).ThenBy(holding => holding.Product.Element).ThenBy(holding => holding.Client).ToList();
        if (holdings.Count > 0)
        {
            await CopyAsync(connection, analysed, holdings, cancellationToken);
        }
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection, AnalysedBase analysed, List<ProductHolding> holdings, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            """
            copy analysed_products (
                account_id, scope, customer_id, catalog_id, element_id, purchases, days, units, revenue, shared, first_day, last_day)
            from stdin (format binary)
            """,
            cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var holding in holdings)
        {
            var client = analysed.Clients[holding.Client].Key;
            await rows.StartRowAsync(Columns, cancellationToken);
            rows.Add((long?)analysed.Account.Id.Value);
            rows.Add((short?)client.Scope);
            rows.Add((long?)client.Id);
            rows.Add((long?)holding.Product.Catalog);
            rows.Add((long?)holding.Product.Element);
            rows.Add((int?)holding.Purchases);
            rows.Add((int?)holding.Days);
            rows.Add((decimal?)holding.Units);
            rows.Add((decimal?)holding.Revenue);
            rows.Add((decimal?)holding.Shared);
            rows.Add((DateOnly?)holding.First);
            rows.Add((DateOnly?)holding.Last);
        }

        await rows.CompleteAsync(cancellationToken);
    }
}
