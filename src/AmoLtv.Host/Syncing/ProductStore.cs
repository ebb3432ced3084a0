using System.Text.Json;
using AmoLtv.AmoCrm.Catalogs;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>An account's lists, and the products of them that were met on leads.</summary>
internal sealed class ProductStore(NpgsqlDataSource database)
{
    /// <summary>Null where the lists were never read.</summary>
    public async Task<CatalogReading?> FindReadingAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(DateTime ReadAt, string Outcome)?>(new CommandDefinition(
            "select read_at, outcome from catalog_readings where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return row is { } found ? new CatalogReading(new DateTimeOffset(found.ReadAt), Enum.Parse<CatalogOutcome>(found.Outcome, ignoreCase: true)) : null;
    }

    /// <summary>Keeps what was read of the lists; where nothing was shown, what was known of them stays.</summary>
    public Task SaveListsAsync(RunContext run, IReadOnlyList<CrmCatalog> catalogs, CatalogReading reading, CancellationToken cancellationToken) =>
        ExecuteAsync(
            run,
            """
            delete from catalogs where account_id = @Account and catalog_id <> all(@Ids) and (cardinality(@Ids) > 0 or @Outcome = 'none');
            insert into catalogs (account_id, catalog_id, name, type, is_sold)
            select @Account, * from unnest(@Ids, @Names, @Types, @Sold)
            on conflict (account_id, catalog_id) do update set name = excluded.name, type = excluded.type, is_sold = excluded.is_sold;
            insert into catalog_readings (account_id, read_at, outcome) values (@Account, @ReadAt, @Outcome)
            on conflict (account_id) do update set read_at = excluded.read_at, outcome = excluded.outcome;
            """,
            new
            {
                Account = run.Account.Value,
                Ids = catalogs.Select(catalog => catalog.Id).ToArray(),
                Names = catalogs.Select(catalog => catalog.Name).ToArray(),
                Types = catalogs.Select(catalog => catalog.Type).ToArray(),
                Sold = catalogs.Select(catalog => catalog.IsSold).ToArray(),
                ReadAt = reading.ReadAt.UtcDateTime,
                Outcome = reading.Outcome.ToString().ToLowerInvariant(),
            },
            cancellationToken);

    /// <summary>Products of lists that are sold from, whose names were not read since.</summary>
    public async Task<IReadOnlyList<ProductId>> ListUnnamedAsync(AccountId account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Catalog, long Element)>(new CommandDefinition(
            """
            select product.catalog_id, product.element_id
            from products product
            join catalogs list on list.account_id = @Account and list.catalog_id = product.catalog_id and list.is_sold
            where product.account_id = @Account and (product.read_at is null or product.read_at < @Since)
            order by 1, 2
            """,
            new { Account = account.Value, Since = since.UtcDateTime }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new ProductId(row.Catalog, row.Element))];
    }

    /// <summary>Keeps names and prices; what was asked for and not found is gone from its list, and keeps the name it had.</summary>
    public Task SaveNamesAsync(
        RunContext run, long catalog, IReadOnlyCollection<long> asked, IReadOnlyList<CrmProduct> found, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(
            run,
            """
            update products product
            set name = coalesce(nullif(found.name, ''), product.name), price = case when found.element_id is null then product.price else found.price end,
                prices = coalesce(found.prices::jsonb, product.prices), is_gone = found.element_id is null or found.is_deleted, read_at = @Now
            from unnest(@Asked) as asked (element_id)
            left join unnest(@Ids, @Names, @Price, @Prices, @Deleted) as found (element_id, name, price, prices, is_deleted) on found.element_id = asked.element_id
            where product.account_id = @Account and product.catalog_id = @Catalog and product.element_id = asked.element_id
            """,
            new
            {
                Account = run.Account.Value,
                Catalog = catalog,
                Asked = asked.ToArray(),
                Ids = found.Select(product => product.Id.Element).ToArray(),
                Names = found.Select(product => product.Name).ToArray(),
                Price = found.Select(product => product.Price).ToArray(),
                Prices = found.Select(product => JsonSerializer.Serialize(product.Prices.ToDictionary(price => price.Key.ToString(), price => price.Value))).ToArray(),
                Deleted = found.Select(product => product.IsDeleted).ToArray(),
                Now = now.UtcDateTime,
            },
            cancellationToken);

    private async Task ExecuteAsync(RunContext run, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
