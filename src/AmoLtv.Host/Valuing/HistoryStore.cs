using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>One SQL aggregate per customer over the staged verdicts.</summary>
internal static class HistoryStore
{
    private static readonly string Sql = ReadSql();

    /// <returns>Customers of all three scopes, ordered by scope and id.</returns>
    public static async Task<List<CustomerHistory>> ReadAsync(
        NpgsqlConnection connection, AccountId account, CacSettings cac, CancellationToken cancellationToken)
    {
        var field = cac.Kind == CacKind.CompanyField ? cac.Field?.ToString() : null;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new() { Value = (short)VerdictKind.Purchase });
        command.Parameters.Add(new() { Value = (short)VerdictKind.CreditNote });
        command.Parameters.Add(new() { Value = account.Value });
        command.Parameters.Add(new() { Value = (object?)field ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = cac.Kind != CacKind.None });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var histories = new List<CustomerHistory>();
        while (await rows.ReadAsync(cancellationToken))
        {
            histories.Add(Read(rows));
        }

        return histories;
    }

    private static CustomerHistory Read(NpgsqlDataReader row) => new()
    {
        Key = new CustomerKey((CustomerScope)row.GetInt16(0), row.GetInt64(1)),
        Purchases = row.GetInt32(2),
        PurchaseRevenue = row.GetDecimal(3),
        CostedRevenue = row.GetDecimal(4),
        PurchaseCost = row.GetDecimal(5),
        PurchasesWithoutCost = row.GetInt32(6),
        CreditNotes = row.GetDecimal(7),
        CostedCreditNotes = row.GetDecimal(8),
        CreditNoteCost = row.GetDecimal(9),
        AllPurchases = row.GetInt32(10),
        PurchaseDays = row.IsDBNull(11) ? [] : row.GetFieldValue<DateOnly[]>(11),
        Channel = row.IsDBNull(12) ? null : row.GetString(12),
        StatedCac = row.IsDBNull(13) ? null : FieldText.Money(row.GetString(13)) is { } cac and >= 0 ? cac : null,
        Movements = row.IsDBNull(14) ? [] : ReadMovements(row),
    };

    private static Movement[] ReadMovements(NpgsqlDataReader row)
    {
        var amounts = row.GetFieldValue<decimal[]>(15);
        var costs = row.GetFieldValue<decimal?[]>(16);
        return [.. row.GetFieldValue<DateOnly[]>(14).Select((day, index) => new Movement(day, amounts[index], costs[index]))];
    }

    private static string ReadSql()
    {
        using var stream = typeof(HistoryStore).Assembly.GetManifestResourceStream("AmoLtv.Host.Valuing.customer_histories.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
