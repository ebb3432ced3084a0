using AmoLtv.Core.Evaluation;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Valuing;

/// <summary>A CSV file of purchases: <c>customer_id,date,amount</c>; an empty amount is not known.</summary>
public static class TransactionFile
{
    private const decimal LargestAmount = 10_000_000_000_000;

    private static readonly string[] Columns = ["customer_id", "date", "amount"];

    /// <exception cref="CommandFailedException">The file cannot be read; the message names the line.</exception>
    public static IReadOnlyList<Transaction> Read(string path) => CsvTable.Read(path, Columns, values => new Transaction(
        values.Text(0),
        values.Day(1),
        AmountOf(values.NumberIfAny(2))));

    // No column of a table has to hold it: more than a lead's sum may be, as long as kopecks stay exact in a double.
    private static decimal? AmountOf(decimal? amount) => amount switch
    {
        null => null,
        { } known when Math.Abs(known) <= LargestAmount => Math.Round(known, 2, MidpointRounding.AwayFromZero),
        _ => throw new FormatException("amount is too large to be meant"),
    };
}
