using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Purchases;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Valuing;

/// <summary>A CSV file of purchases: <c>customer_id,date,amount</c>; an empty amount is not known.</summary>
public static class TransactionFile
{
    private static readonly string[] Columns = ["customer_id", "date", "amount"];

    /// <exception cref="CommandFailedException">The file cannot be read; the message names the line.</exception>
    public static IReadOnlyList<Transaction> Read(string path) => CsvTable.Read(path, Columns, values => new Transaction(
        values.Text(0),
        values.Day(1),
        AmountOf(values.NumberIfAny(2))));

    private static decimal? AmountOf(decimal? amount) =>
        amount is { } known ? FieldText.Money(known) ?? throw new FormatException("amount is too large to be meant") : null;
}
