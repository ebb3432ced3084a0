using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A customer's purchase days, ascending and distinct, with each day's amount; an amount of 0 or less counts for timing alone.</summary>
/// <param name="Days">Day numbers.</param>
/// <param name="Amounts">Of the same length, in the account's currency.</param>
public sealed record CustomerPurchases(int[] Days, double[] Amounts)
{
    /// <summary>Revenue of the purchases, ≥ 0. Like the two after it of all history, so that the log of an earlier day does not have it.</summary>
    public double Revenue { get; init; }

    /// <summary>Margin of the purchases, estimated where the cost is not known; may be negative.</summary>
    public double Margin { get; init; }

    /// <summary>Credit notes, ≥ 0.</summary>
    public double Returns { get; init; }

    /// <summary>True where credit notes reach the revenue: the customer is left out of the spend model.</summary>
    public bool ReturnsReachRevenue => Returns > 0 && Returns >= Revenue;

    /// <summary>Number of purchase days up to and including a day.</summary>
    public int CountUntil(int day)
    {
        var index = Array.BinarySearch(Days, day);
        return index >= 0 ? index + 1 : ~index;
    }

    /// <summary>What was known of the purchases at the end of a day that is not before the first; without revenue, margin and returns.</summary>
    public CustomerPurchases Until(int day)
    {
        var count = CountUntil(day);
        return new CustomerPurchases(Days[..count], Amounts[..count]);
    }

    /// <summary>The customer as the subject of a forecast.</summary>
    /// <param name="asOfDay">A day not before the first purchase; later purchases are not seen.</param>
    /// <param name="windowDays">Length of the horizon in days.</param>
    /// <exception cref="InvalidOperationException"><paramref name="asOfDay"/> is before the first purchase.</exception>
    public ForecastSubject Subject(int asOfDay, int windowDays) => ForecastSubject.Of(Days, Amounts, asOfDay, windowDays, ReturnsReachRevenue)!.Value with
    {
        Revenue = Revenue,
        Margin = Margin,
        Returns = Returns,
    };
}
