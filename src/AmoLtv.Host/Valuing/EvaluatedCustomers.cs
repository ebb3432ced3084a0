using System.Globalization;
using AmoLtv.Core.Evaluation;
using AmoLtv.Host.CommandLine;
using CsvHelper;

namespace AmoLtv.Host.Valuing;

/// <summary>Numbers of every customer of an evaluated file, as CSV.</summary>
internal static class EvaluatedCustomers
{
    private static readonly (string Column, Func<EvaluatedCustomer, object?> Read)[] Columns =
    [
        ("customer_id", row => row.Customer),
        ("rank", row => row.Standing.Rank),
        ("tier", row => row.Standing.Tier),
        ("share", row => row.Standing.Share),
        ("ltv", row => row.Valuation.Ltv),
        ("ltv_kind", row => EnumText.Of(row.Valuation.LtvKind)),
        ("is_floored", row => row.Valuation.Headline.IsFloored),
        ("formula_ltv", row => row.Valuation.FormulaLtv),
        ("bought", row => row.Valuation.HistoricalLtv),
        ("purchases", row => row.Valuation.Purchases),
        ("average_order_value", row => row.Valuation.AverageOrderValue),
        ("purchases_per_year", row => row.Valuation.PurchasesPerYear),
        ("lifetime_years", row => row.Valuation.LifetimeYears),
        ("first_purchase", row => Day(row.Valuation.Relationship?.First)),
        ("last_purchase", row => Day(row.Valuation.Relationship?.Last)),
        ("relationship_months", row => row.Valuation.Relationship?.Months),
        ("typical_gap_days", row => row.Valuation.Relationship?.Gap.Days),
        ("is_lost", row => row.Valuation.Relationship?.IsLost),
    ];

    /// <exception cref="CommandFailedException">The file cannot be written.</exception>
    public static async Task SaveAsync(string path, IEnumerable<EvaluatedCustomer> customers)
    {
        try
        {
            await WriteAsync(path, customers);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandFailedException($"--customers: the file {path} cannot be written: {failure.Message}");
        }
    }

    private static async Task WriteAsync(string path, IEnumerable<EvaluatedCustomer> customers)
    {
        await using var writer = CsvWriter.ToFile(path);
        foreach (var (column, _) in Columns)
        {
            writer.WriteField(column);
        }

        await writer.EndRecordAsync();
        foreach (var customer in customers)
        {
            foreach (var (_, read) in Columns)
            {
                writer.WriteField(Convert.ToString(read(customer), CultureInfo.InvariantCulture));
            }

            await writer.EndRecordAsync();
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
