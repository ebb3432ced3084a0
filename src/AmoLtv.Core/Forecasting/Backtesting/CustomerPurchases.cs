namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A customer's purchase days, ascending and distinct, with each day's amount; an amount of 0 or less counts for timing alone.</summary>
public sealed record CustomerPurchases(int[] Days, double[] Amounts)
{
    /// <summary>Number of purchase days up to and including a day.</summary>
    public int CountUntil(int day)
    {
        var index = Array.BinarySearch(Days, day);
        return index >= 0 ? index + 1 : ~index;
    }
}
