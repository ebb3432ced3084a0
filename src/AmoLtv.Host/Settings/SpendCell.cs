using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Settings;

/// <summary>One cell of the table of spend, as a person changes it.</summary>
/// <param name="Channel">The channel, 1 to 200 characters.</param>
/// <param name="Month">Any day of the month.</param>
/// <param name="Amount">What it cost; null: nothing is known.</param>
/// <param name="Was">What the page showed.</param>
public sealed record SpendCell(string Channel, DateOnly Month, decimal? Amount, decimal? Was)
{
    public DateOnly FirstDay => new(Month.Year, Month.Month, 1);

    /// <summary>The change to make; null where the cell is another than the page showed.</summary>
    public IReadOnlyList<SpendLine>? PlanOn(IReadOnlyList<ChannelSpend> entered)
    {
        var channel = SpendImport.SpellingsOf(entered).GetValueOrDefault(Channel, Channel);
        var now = AmountOf(entered, channel, FirstDay);
        return now != Was ? null : now == Amount ? [] : [new SpendLine(0, channel, FirstDay, now, Amount)];
    }

    /// <summary>What is entered for a channel, whatever the letters' case; null: nothing.</summary>
    public static decimal? AmountOf(IEnumerable<ChannelSpend> entered, string channel, DateOnly month) => entered
        .Where(row => string.Equals(row.Channel, channel, StringComparison.OrdinalIgnoreCase) && row.Month == month)
        .Select(row => (decimal?)row.Amount)
        .FirstOrDefault();
}
