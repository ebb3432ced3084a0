using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>How long a customer has been one, as of a date.</summary>
/// <param name="First">Day of its first purchase.</param>
/// <param name="Last">Day of its last one.</param>
/// <param name="Gap">Its typical gap.</param>
/// <param name="AsOf">The date.</param>
public readonly record struct Relationship(DateOnly First, DateOnly Last, TypicalGap Gap, DateOnly AsOf)
{
    /// <summary>Silent for longer than so many typical gaps, a customer is lost.</summary>
    public const double LostAfterGaps = 4;

    private const double DaysPerYear = 365.25;
    private const double MonthsPerYear = 12;

    /// <summary>Whether it has been silent for longer than <see cref="LostAfterGaps"/> typical gaps by the date.</summary>
    public bool IsLost => AsOf.DayNumber - Last.DayNumber > LostAfterGaps * Gap.Days;

    /// <summary>Completed months from the first purchase to the date; of a lost customer to one typical gap after its last.</summary>
    public int Months => AccountDays.CompletedMonths(First, IsLost ? Last.AddDays((int)Gap.Days) : AsOf);

    public double Years => Months / MonthsPerYear;

    /// <summary>
    /// What the relationship says about lifetimes: lost customers lived until one gap after their last purchase;
    /// the others were followed until three gaps before the date, the last day on which being lost could be known
    /// by now. Null for one that was never followed that long.
    /// </summary>
    public Observation? Observe()
    {
        var days = IsLost
            ? Last.DayNumber - First.DayNumber + Gap.Days
            : AsOf.DayNumber - First.DayNumber - ((LostAfterGaps - 1) * Gap.Days);
        return days > 0 ? new Observation(days / DaysPerYear, IsLost) : null;
    }

    /// <summary>Null for a customer that never bought.</summary>
    public static Relationship? Of(CustomerHistory customer, TypicalGap accountGap, DateOnly asOf) =>
        customer is { FirstPurchase: { } first, LastPurchase: { } last }
            ? new Relationship(first, last, TypicalGap.Of(customer, accountGap), asOf)
            : null;
}
