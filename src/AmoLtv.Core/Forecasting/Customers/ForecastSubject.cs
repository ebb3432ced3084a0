using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>All that a forecast has to know of one customer; small, so that a hundred thousand of them are made in a moment.</summary>
public readonly record struct ForecastSubject
{
    /// <summary>Day number of the first purchase.</summary>
    public required int FirstDay { get; init; }

    /// <summary>Day number of the last purchase, not before the first.</summary>
    public required int LastDay { get; init; }

    /// <summary>Distinct days with a purchase, ≥ 1.</summary>
    public required int PurchaseDays { get; init; }

    /// <summary>Days after the first one with a positive amount, and their mean amount in the currency.</summary>
    public SpendSummary RepeatSpend { get; init; }

    /// <summary>The same with the first day.</summary>
    public SpendSummary Spend { get; init; }

    /// <summary>Purchase days after the first one in the last window of the horizon's length; only the method that repeats that window asks for it.</summary>
    public int WindowPurchases { get; init; }

    /// <summary>Their positive amounts together.</summary>
    public double WindowRevenue { get; init; }

    /// <summary>Revenue of the purchases, ≥ 0; 0 leaves the customer at the base's shares of margin and returns.</summary>
    public double Revenue { get; init; }

    /// <summary>Margin of the purchases, estimated where the cost is not known; may be negative.</summary>
    public double Margin { get; init; }

    /// <summary>Credit notes, ≥ 0.</summary>
    public double Returns { get; init; }

    /// <summary>True for a customer whose life-cycle state is lost: no next purchase is announced.</summary>
    public bool IsLost { get; init; }

    /// <summary>True where credit notes reach the revenue: amounts of this customer say nothing of purchases to come.</summary>
    public bool ReturnsReachRevenue => Returns > 0 && Returns >= Revenue;

    /// <summary>The subject from purchase days, ascending and distinct, with each day's amount: 0 or less counts for timing alone. Days after <paramref name="asOfDay"/> are not seen. Null where none is left.</summary>
    /// <param name="days">Day numbers.</param>
    /// <param name="amounts">Of the same length.</param>
    /// <param name="asOfDay">The last day seen.</param>
    /// <param name="windowDays">Length of the horizon in days.</param>
    /// <param name="returnsReachRevenue">True where credit notes reach the customer's revenue: its amounts are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public static ForecastSubject? Of(ReadOnlySpan<int> days, ReadOnlySpan<double> amounts, int asOfDay, int windowDays, bool returnsReachRevenue = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(amounts.Length, days.Length, nameof(amounts));
        var count = days.Length;
        while (count > 0 && days[count - 1] > asOfDay)
        {
            count--;
        }

        if (count == 0)
        {
            return null;
        }

        var (purchases, revenue) = (0, 0.0);
        for (var i = count - 1; i > 0 && days[i] > asOfDay - windowDays; i--)
        {
            (purchases, revenue) = (purchases + 1, revenue + Math.Max(0, amounts[i]));
        }

        return new ForecastSubject
        {
            FirstDay = days[0],
            LastDay = days[count - 1],
            PurchaseDays = count,
            RepeatSpend = returnsReachRevenue ? default : SpendSummary.OfPositive(amounts[1..count]),
            Spend = returnsReachRevenue ? default : SpendSummary.OfPositive(amounts[..count]),
            WindowPurchases = purchases,
            WindowRevenue = revenue,
        };
    }

    /// <summary>The summary for models of continuous time, in weeks, as of the end of a day; one before the last purchase stands for that day.</summary>
    public RepeatSummary History(int asOfDay) => new(
        PurchaseDays - 1,
        (LastDay - FirstDay) / ForecastWindow.DaysPerUnit,
        (Math.Max(asOfDay, LastDay) - FirstDay) / ForecastWindow.DaysPerUnit);

    /// <summary>
    /// The summary in calendar periods as of the end of a day. From first, last and number alone: two purchases of one period, which
    /// hardly happen where purchases go by periods, are told only where they would exceed the periods.
    /// </summary>
    /// <param name="period">Length of a period in days, &gt; 0.</param>
    /// <param name="asOfDay">Day number; one before the last purchase stands for that day.</param>
    public DiscreteSummary Periods(double period, int asOfDay)
    {
        var last = (int)Math.Round((LastDay - FirstDay) / period);
        return new DiscreteSummary(
            Math.Min(PurchaseDays - 1, last),
            last > 0 ? last : 0,
            Math.Max(last, DiscreteTime.PeriodsBetween(FirstDay, period, Math.Max(asOfDay, LastDay))));
    }
}
