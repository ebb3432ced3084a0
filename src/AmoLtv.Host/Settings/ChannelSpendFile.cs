using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Settings;

/// <summary>A CSV file of what channels cost: <c>channel,month,amount</c>.</summary>
public static class ChannelSpendFile
{
    private static readonly string[] Columns = ["channel", "month", "amount"];

    /// <exception cref="CommandFailedException">The file cannot be read; the message names the line.</exception>
    public static IReadOnlyList<ChannelSpend> Read(string path)
    {
        var seen = new HashSet<(string Channel, DateOnly Month)>();
        return CsvTable.Read(path, Columns, values =>
        {
            var (channel, month) = (values.Text(0), values.Month(1));
            var amount = FieldText.Money(values.Number(2));
            if (amount is null or < 0)
            {
                throw new FormatException("amount is below 0 or too large to be meant");
            }

            return seen.Add((channel.ToUpperInvariant(), month))
                ? new ChannelSpend(channel, month, amount.Value)
                : throw new FormatException($"channel '{channel}' has this month twice");
        });
    }
}
