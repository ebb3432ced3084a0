namespace AmoLtv.Core.Purchases;

/// <summary>One purchase or credit note of a customer.</summary>
/// <param name="Day">Local day.</param>
/// <param name="Lead">Number of the lead: tells the order within a day; 0 where only sums are asked for.</param>
/// <param name="Amount">Above 0 for a purchase, below for a credit note.</param>
/// <param name="Cost">With the sign of the amount; null where nobody knows.</param>
/// <param name="IsInPeriod">Whether it enters the sums.</param>
/// <param name="Channel">Of the lead.</param>
public readonly record struct HistoryEntry(DateOnly Day, long Lead, decimal Amount, decimal? Cost, bool IsInPeriod, string? Channel)
    : IComparable<HistoryEntry>
{
    /// <summary>By day, then by lead, then by amount: sums of what is no money come out the same whatever order entries came in.</summary>
    public int CompareTo(HistoryEntry other)
    {
        var order = Day.CompareTo(other.Day);
        order = order != 0 ? order : Lead.CompareTo(other.Lead);
        return order != 0 ? order : Amount.CompareTo(other.Amount);
    }

    public static bool operator <(HistoryEntry left, HistoryEntry right) => left.CompareTo(right) < 0;

    public static bool operator <=(HistoryEntry left, HistoryEntry right) => left.CompareTo(right) <= 0;

    public static bool operator >(HistoryEntry left, HistoryEntry right) => left.CompareTo(right) > 0;

    public static bool operator >=(HistoryEntry left, HistoryEntry right) => left.CompareTo(right) >= 0;
}
