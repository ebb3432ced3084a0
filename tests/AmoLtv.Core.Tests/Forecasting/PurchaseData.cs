using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>A file of purchases as customers' days with the day's amount, in weeks where time is asked for.</summary>
internal sealed class PurchaseData
{
    private static readonly Dictionary<string, PurchaseData> Loaded = [];

    private PurchaseData(string name)
    {
        Customers = [.. SharedFile.Rows(name)
            .GroupBy(row => row[0], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.GroupBy(row => SharedFile.Day(row[1]))
                .OrderBy(day => day.Key)
                .Select(day => (Day: day.Key, Amount: day.Sum(row => SharedFile.Number(row[2]))))
                .ToArray())];
    }

    public IReadOnlyList<(int Day, double Amount)[]> Customers { get; }

    public static PurchaseData Load(string name)
    {
        lock (Loaded)
        {
            return Loaded.TryGetValue(name, out var data) ? data : Loaded[name] = new PurchaseData(name);
        }
    }

    public RepeatSummary[] Summaries(string asOf)
    {
        var end = SharedFile.Day(asOf);
        return [.. Customers.Select(days => RepeatSummary.FromDays(Array.ConvertAll(days, day => day.Day), end)).OfType<RepeatSummary>()];
    }

    /// <summary>Repeat customers' number and mean of repeat purchases, first day left out.</summary>
    public (int Repeats, double Mean)[] Spending(string asOf)
    {
        var end = SharedFile.Day(asOf);
        return [.. from days in Customers
                   let repeats = days.Where(day => day.Day <= end).Skip(1).Select(day => day.Amount).ToArray()
                   where repeats.Length > 0
                   select (repeats.Length, repeats.Average())];
    }

    public double SumOfLogGaps(string asOf)
    {
        var end = SharedFile.Day(asOf);
        return Customers.Select(days => days.Where(day => day.Day <= end).ToArray())
            .Sum(days => days.Zip(days.Skip(1), (first, second) => Math.Log((second.Day - first.Day) / 7.0)).Sum());
    }
}
