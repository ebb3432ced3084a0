using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Reads the results in force of an account, what they are compared, summed and cut by: not the whole rows.</summary>
internal static class StoredResultStore
{
    private const string Sql =
        """
        select scope, customer_id, from_run, digest, purchases, revenue, margin, historical_ltv, purchases_per_year, formula_ltv,
               no_formula_reason = 'returnsExceedPurchases', ltv, first_purchase, last_purchase, typical_gap_days, gap_source,
               tier, rfm_recency, rfm_frequency, rfm_monetary, rfm_group, lifecycle, lifecycle_until
        from customer_values
        """;

    /// <param name="connection">An open one.</param>
    /// <param name="account">The account.</param>
    /// <param name="asOf">The date of the results: relationships are of it.</param>
    /// <param name="expected">About how many there are.</param>
    /// <param name="customers">Only these; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Dictionary<CustomerKey, StoredResult>> ReadAsync(
        NpgsqlConnection connection, AccountId account, DateOnly asOf, int expected, IReadOnlyCollection<CustomerKey>? customers, CancellationToken cancellationToken)
    {
        // A COPY takes no parameters; numbers of ours are all that stands in it.
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            string.Create(CultureInfo.InvariantCulture, $"copy ({Sql} where account_id = {account.Value}{Only(customers)}) to stdout (format binary)"),
            cancellationToken);
        var rows = new CopyRowReader(stream);
        var results = new Dictionary<CustomerKey, StoredResult>(expected);
        while (await rows.ReadAsync(cancellationToken))
        {
            var figures = ReadFigures(rows, asOf);
            results.Add(figures.Key, new StoredResult(figures, ReadSegments(rows), rows.GetInt64(2), rows.GetInt64(3)));
        }

        return results;
    }

    /// <summary>Clients whose life-cycle has worsened by this day, by silence alone.</summary>
    public static async Task<IReadOnlyList<CustomerKey>> AgedAsync(
        NpgsqlConnection connection, AccountId account, DateOnly today, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(short Scope, long Id)>(new CommandDefinition(
            "select scope, customer_id from customer_values where account_id = @Account and lifecycle_until <= @Today",
            new { Account = account.Value, Today = today },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new CustomerKey((CustomerScope)row.Scope, row.Id))];
    }

    /// <summary>The latest purchase among all customers but these; null where there is none.</summary>
    public static Task<DateOnly?> LastPurchaseAsync(
        NpgsqlConnection connection, AccountId account, IReadOnlyCollection<CustomerKey> customers, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<DateOnly?>(new CommandDefinition(
            """
            select max(last_purchase) from customer_values
            where account_id = @Account
              and (scope, customer_id) not in (select * from unnest(@Scopes, @Ids))
            """,
            new
            {
                Account = account.Value,
                Scopes = customers.Select(key => (short)key.Scope).ToArray(),
                Ids = customers.Select(key => key.Id).ToArray(),
            },
            cancellationToken: cancellationToken));

    private static string Only(IReadOnlyCollection<CustomerKey>? customers) => customers is null
        ? ""
        : $" and (scope, customer_id) in (select * from unnest('{{{Joined(customers.Select(key => (long)key.Scope))}}}'::smallint[], '{{{Joined(customers.Select(key => key.Id))}}}'::bigint[]))";

    private static string Joined(IEnumerable<long> numbers) => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static CustomerFigures ReadFigures(CopyRowReader row, DateOnly asOf) => new()
    {
        Key = new CustomerKey((CustomerScope)row.GetInt16(0), row.GetInt64(1)),
        Purchases = row.GetInt32(4),
        Revenue = row.GetDecimal(5),
        Margin = row.IsNull(6) ? null : row.GetDecimal(6),
        HistoricalLtv = row.GetDecimal(7),
        PurchasesPerYear = row.IsNull(8) ? null : row.GetDouble(8),
        FormulaLtv = row.IsNull(9) ? null : row.GetDecimal(9),
        ReturnsExceedPurchases = !row.IsNull(10) && row.GetBoolean(10),
        Ltv = row.IsNull(11) ? null : row.GetDecimal(11),
        Relationship = row.IsNull(12) ? null : ReadRelationship(row, asOf),
    };

    private static Relationship ReadRelationship(CopyRowReader row, DateOnly asOf) => new(
        row.GetDate(12),
        row.GetDate(13),
        new TypicalGap(row.GetDouble(14), EnumText.Read<GapSource>(row.GetWord(15))),
        asOf);

    private static StoredSegments? ReadSegments(CopyRowReader row) => row.IsNull(16) || row.IsNull(20) || row.IsNull(21)
        ? null
        : new StoredSegments(row.GetWord(16), row.GetInt16(17), row.GetInt16(18), row.GetInt16(19), row.GetWord(20), row.GetWord(21), row.IsNull(22) ? null : row.GetDate(22));
}
