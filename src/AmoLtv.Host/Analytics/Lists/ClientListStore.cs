using System.Data;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>SQL of the lists of clients.</summary>
internal sealed class ClientListStore(NpgsqlDataSource database)
{
    public const string DefaultSort = "-value";

    private const string Columns =
        """
        c.scope::int as scope, c.customer_id as id, c.name, c.responsible_user_id as responsible, c.value, c.ltv, c.historical_ltv as historical,
        c.revenue, c.purchases, c.average_order_value, c.purchases_per_year, c.expected_value as expected, c.value_low as expected_low,
        c.value_high as expected_high, c.repeat_probability, c.next_purchase, c.first_purchase, c.last_purchase, c.tier,
        c.rfm_recency::int as recency, c.rfm_frequency::int as frequency, c.rfm_monetary::int as monetary, c.rfm_group as rfm, c.lifecycle,
        c.channel, c.cac, c.ltv_to_cac, c.payback_months, c.next_tier, c.missing
        """;

    private static readonly string[] NeverMissing = ["c.value", "c.historical_ltv", "c.revenue", "c.purchases", "c.first_purchase", "c.last_purchase"];

    private static readonly Dictionary<string, (string Column, string Type)> Sorts = new(StringComparer.Ordinal)
    {
        ["value"] = ("c.value", "numeric"),
        ["ltv"] = ("c.ltv", "numeric"),
        ["historical"] = ("c.historical_ltv", "numeric"),
        ["revenue"] = ("c.revenue", "numeric"),
        ["purchases"] = ("c.purchases", "integer"),
        ["averageOrderValue"] = ("c.average_order_value", "numeric"),
        ["purchasesPerYear"] = ("c.purchases_per_year", "double precision"),
        ["expected"] = ("c.expected_value", "numeric"),
        ["repeatProbability"] = ("c.repeat_probability", "double precision"),
        ["nextPurchase"] = ("c.next_purchase", "date"),
        ["firstPurchase"] = ("c.first_purchase", "date"),
        ["lastPurchase"] = ("c.last_purchase", "date"),
        ["name"] = ("c.search", "text"),
        ["tier"] = ("c.tier", "text"),
        ["rfm"] = ("c.rfm_group", "text"),
        ["lifecycle"] = ("c.lifecycle", "text"),
        ["channel"] = ("c.channel_key", "text"),
        ["cac"] = ("c.cac", "numeric"),
        ["ltvToCac"] = ("c.ltv_to_cac", "double precision"),
        ["missing"] = ("c.missing", "numeric"),
    };

    /// <exception cref="BadFilterException">Order or cursor cannot be understood.</exception>
    public async Task<ListPage<ClientItem>> PageAsync(
        AccountId account, ClientFilter filter, UserId? own, ListPart part, CancellationToken cancellationToken)
    {
        var sort = SortOf(part);
        var cursor = ListCursor.Parse(part.Cursor, sort.Name);
        var condition = ClientCondition.Of(filter, account, own);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var total = cursor is null ? await TotalAsync(connection, condition, cancellationToken) : null;
        if (cursor is not null)
        {
            sort.After(condition, cursor);
        }

        condition.Parameters.Add("Limit", part.Rows + 1);
        var rows = (await connection.QueryAsync<ClientItem>(new CommandDefinition(
            Sql(condition, sort) + " limit @Limit", condition.Parameters, cancellationToken: cancellationToken))).AsList();
        var items = rows.Take(part.Rows).ToList();
        return new ListPage<ClientItem>(
            items, rows.Count > part.Rows ? new ListCursor(sort.Name, items[^1].CursorKey, items[^1].Id, items[^1].Scope).ToString() : null, total);
    }

    /// <summary>The whole list, row by row; the connection is busy until the last one.</summary>
    public async IAsyncEnumerable<ClientItem> AllAsync(
        AccountId account, ClientFilter filter, UserId? own, ListPart part,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (sort, condition) = (SortOf(part), ClientCondition.Of(filter, account, own));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await foreach (var item in connection.QueryUnbufferedAsync<ClientItem>(Sql(condition, sort), condition.Parameters, commandType: CommandType.Text)
            .WithCancellation(cancellationToken))
        {
            yield return item;
        }
    }

    private static ListSort SortOf(ListPart part) =>
        ListSort.Parse(part.Order ?? DefaultSort, Sorts, NeverMissing, "c.customer_id, c.scope");

    private static string Sql(Condition condition, ListSort sort) =>
        $"select {Columns}, {sort.KeyText} as cursor_key from analysed_clients c where c.account_id = @Account{condition.Sql} order by {sort.Order}";

    private static Task<ListTotal> TotalAsync(NpgsqlConnection connection, Condition condition, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<ListTotal>(new CommandDefinition(
            $"""select count(*) as "Count", coalesce(sum(c.value), 0)::numeric as "Value" from analysed_clients c where c.account_id = @Account{condition.Sql}""",
            condition.Parameters, cancellationToken: cancellationToken));
}
