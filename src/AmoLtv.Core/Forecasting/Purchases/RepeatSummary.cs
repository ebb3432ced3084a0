namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// What the purchase models know of one customer (Fader, Hardie and Lee 2005). Time is in any one unit, usually weeks as
/// days / 7 without rounding; purchases of one day are one purchase.
/// </summary>
/// <param name="Repeats">Purchase days after the first one, ≥ 0.</param>
/// <param name="Recency">From the first purchase day to the last one, 0 for a customer of one purchase day; at most <paramref name="Age"/>.</param>
/// <param name="Age">From the first purchase day to the end of the observation, ≥ 0.</param>
public readonly record struct RepeatSummary(int Repeats, double Recency, double Age) : IComparable<RepeatSummary>
{
    /// <summary>True where the three numbers can describe a customer.</summary>
    public bool IsValid =>
        Repeats >= 0 && Recency >= 0 && Age >= Recency && double.IsFinite(Age) && (Repeats > 0 || Recency == 0);

    /// <summary>
    /// The summary of a customer's purchase days (day numbers, any order, repeated days allowed), as of the end of
    /// <paramref name="asOfDay"/>: later purchases are not seen. Null where none is left.
    /// </summary>
    /// <param name="days">Day numbers of the purchases.</param>
    /// <param name="asOfDay">The last day observed.</param>
    /// <param name="daysPerUnit">Days in the unit of time, &gt; 0; 7 for weeks.</param>
    public static RepeatSummary? FromDays(ReadOnlySpan<int> days, int asOfDay, double daysPerUnit = 7)
    {
        var sorted = days.ToArray();
        Array.Sort(sorted);
        var seen = sorted.Where(day => day <= asOfDay).Distinct().ToArray();
        return seen.Length == 0
            ? null
            : new RepeatSummary(seen.Length - 1, (seen[^1] - seen[0]) / daysPerUnit, (asOfDay - seen[0]) / daysPerUnit);
    }

    /// <summary>By repeats, then age, then recency.</summary>
    public int CompareTo(RepeatSummary other)
    {
        var order = Repeats.CompareTo(other.Repeats);
        order = order != 0 ? order : Age.CompareTo(other.Age);
        return order != 0 ? order : Recency.CompareTo(other.Recency);
    }

    public static bool operator <(RepeatSummary left, RepeatSummary right) => left.CompareTo(right) < 0;

    public static bool operator <=(RepeatSummary left, RepeatSummary right) => left.CompareTo(right) <= 0;

    public static bool operator >(RepeatSummary left, RepeatSummary right) => left.CompareTo(right) > 0;

    public static bool operator >=(RepeatSummary left, RepeatSummary right) => left.CompareTo(right) >= 0;
}
