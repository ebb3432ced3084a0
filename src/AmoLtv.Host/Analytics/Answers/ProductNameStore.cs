using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads what products are called.</summary>
internal sealed class ProductNameStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyDictionary<string, ProductName>> ReadAsync(
        AccountId account, IReadOnlyList<ProductId> products, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Catalog, long Element, string Name, bool IsGone)>(new CommandDefinition(
            """
            select product.catalog_id, product.element_id, product.name, product.is_gone
            from unnest(@Catalogs, @Elements) wanted (catalog_id, element_id)
            join products product on product.account_id = @Account and product.catalog_id = wanted.catalog_id and product.element_id = wanted.element_id
            """,
            new
            {
                Account = account.Value,
                Catalogs = products.Select(product => product.Catalog).ToArray(),
                Elements = products.Select(product => product.Element).ToArray(),
            },
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => new ProductId(row.Catalog, row.Element).ToString(), row => new ProductName(row.Name, row.IsGone), StringComparer.Ordinal);
    }
}
