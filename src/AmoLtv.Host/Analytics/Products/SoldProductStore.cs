using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Products;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Syncing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Products;

/// <summary>Reads the purchases that have products, day by day, and adds them up.</summary>
internal sealed class SoldProductStore(NpgsqlDataSource database)
{
    private const string Sql =
        """
        select case when verdict.company_id is null then 3 else 1 end::smallint, coalesce(verdict.company_id, verdict.contact_id),
               verdict.purchase_day, verdict.amount, lead.products::text
        from lead_verdicts verdict
        join leads lead on lead.account_id = $1 and lead.lead_id = verdict.lead_id and lead.products is not null
        where verdict.account_id = $1 and verdict.kind = $2 and coalesce(verdict.company_id, verdict.contact_id) is not null
        order by verdict.purchase_day
        """;

    /// <summary>Purchases of customers that are not of the base, and products of lists that are not sold from, are left out.</summary>
    public async Task<SoldProducts> ReadAsync(AccountId account, IReadOnlyList<AnalysedClient> clients, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var outcome = await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select outcome from catalog_readings where account_id = @Account", new { Account = account.Value }, cancellationToken: cancellationToken));
        var tally = new ProductTally();
        var prices = await ReadPricesAsync(connection, account, cancellationToken);
        if (prices.Count > 0)
        {
            await AddAsync(connection, account, clients, prices, tally, cancellationToken);
        }

        return new SoldProducts(outcome is null ? null : Enum.Parse<CatalogOutcome>(outcome, ignoreCase: true), tally);
    }

    private static async Task AddAsync(
        NpgsqlConnection connection, AccountId account, IReadOnlyList<AnalysedClient> clients, Dictionary<ProductId, ListPrices> prices, ProductTally tally,
        CancellationToken cancellationToken)
    {
        var places = new Dictionary<CustomerKey, int>(clients.Count);
        foreach (var (place, client) in clients.Index().Where(one => one.Item.FirstPurchase is not null))
        {
            places[client.Key] = place;
        }

        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 300 };
        command.Parameters.Add(new() { Value = account.Value });
        command.Parameters.Add(new() { Value = (short)VerdictKind.Purchase });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (places.TryGetValue(new CustomerKey((CustomerScope)rows.GetInt16(0), rows.GetInt64(1)), out var place))
            {
                tally.Add(place, rows.GetFieldValue<DateOnly>(2), AmountSplit.Of(rows.GetDecimal(3), Items(rows.GetString(4), prices)));
            }
        }
    }

    /// <summary>Of <c>[[list, element, quantity, price field or null], …]</c>.</summary>
    private static List<SoldItem> Items(string products, Dictionary<ProductId, ListPrices> prices)
    {
        var items = new List<SoldItem>();
        foreach (var product in JsonSerializer.Deserialize<decimal?[][]>(products)!)
        {
            var id = new ProductId((long)product[0]!.Value, (long)product[1]!.Value);
            if (prices.TryGetValue(id, out var known))
            {
                items.Add(new SoldItem(id, product[2]!.Value, known.Of((long?)product[3])));
            }
        }

        return items;
    }

    private static async Task<Dictionary<ProductId, ListPrices>> ReadPricesAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(long Catalog, long Element, decimal? Price, string Prices)>(new CommandDefinition(
            """
            select product.catalog_id, product.element_id, product.price, product.prices::text
            from products product
            join catalogs list on list.account_id = @Account and list.catalog_id = product.catalog_id and list.is_sold
            where product.account_id = @Account
            """,
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return rows.ToDictionary(
            row => new ProductId(row.Catalog, row.Element),
            row => new ListPrices(row.Price, JsonSerializer.Deserialize<Dictionary<long, decimal>>(row.Prices)!));
    }
}
