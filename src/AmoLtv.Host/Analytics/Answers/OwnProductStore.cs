using AmoLtv.Core.Identity;
using AmoLtv.Core.Products;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads what the clients of one responsible user bought, as the last analysis saw it.</summary>
internal sealed class OwnProductStore(NpgsqlDataSource database)
{
    /// <returns>LTV of the user's clients by place, and what they bought.</returns>
    public async Task<(IReadOnlyList<decimal?> Values, IReadOnlyList<ProductHolding> Holdings)> ReadAsync(
        AccountId account, UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var mine = (await connection.QueryAsync<(short Scope, long Id, decimal Value)>(new CommandDefinition(
            "select scope, customer_id, value from analysed_clients where account_id = @Account and responsible_user_id = @User",
            new { Account = account.Value, User = user.Value }, cancellationToken: cancellationToken))).AsList();
        var places = mine.Index().ToDictionary(one => new CustomerKey((CustomerScope)one.Item.Scope, one.Item.Id), one => one.Index);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select bought.scope, bought.customer_id, bought.catalog_id, bought.element_id, bought.purchases, bought.days, bought.units, bought.revenue, bought.shared,
                   bought.first_day, bought.last_day
            from analysed_clients client
            join analysed_products bought on bought.account_id = @Account and bought.scope = client.scope and bought.customer_id = client.customer_id
            where client.account_id = @Account and client.responsible_user_id = @User
            """,
            new { Account = account.Value, User = user.Value }, cancellationToken: cancellationToken));
        return (
            mine.ConvertAll(client => (decimal?)client.Value),
            [
                .. rows.Where(row => places.ContainsKey(row.Client)).Select(row => new ProductHolding(
                    places[row.Client], new ProductId(row.CatalogId, row.ElementId), row.Purchases, row.Days, row.Units, row.Revenue, row.Shared,
                    row.FirstDay, row.LastDay)),
            ]);
    }

    private sealed class Row
    {
        public required short Scope { get; init; }

        public required long CustomerId { get; init; }

        public required long CatalogId { get; init; }

        public required long ElementId { get; init; }

        public required int Purchases { get; init; }

        public required int Days { get; init; }

        public required decimal Units { get; init; }

        public required decimal Revenue { get; init; }

        public required decimal Shared { get; init; }

        public required DateOnly FirstDay { get; init; }

        public required DateOnly LastDay { get; init; }

        public CustomerKey Client => new((CustomerScope)Scope, CustomerId);
    }
}
