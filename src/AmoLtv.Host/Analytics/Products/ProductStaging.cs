using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Products;

/// <summary>Copies what each client bought of each product into a temporary table of the transaction.</summary>
internal static class ProductStaging
{
    private const int Columns = 11;

    public static async Task WriteAsync(NpgsqlConnection connection, AnalysedBase analysed, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            create temporary table staged_products (
                scope smallint not null, customer_id bigint not null, catalog_id bigint not null, element_id bigint not null, purchases int not null, days int not null,
                units numeric(24, 6) not null, revenue numeric(18, 2) not null, shared numeric(18, 2) not null, first_day date not null, last_day date not null) on commit drop
            """,
            cancellationToken: cancellationToken));
        await using var stream = await connection.BeginRawBinaryCopyAsync("copy staged_products from stdin (format binary)", cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var holding in analysed.Sold.Tally.Holdings)
        {
            var client = analysed.Clients[holding.Client].Key;
            await rows.StartRowAsync(Columns, cancellationToken);
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
