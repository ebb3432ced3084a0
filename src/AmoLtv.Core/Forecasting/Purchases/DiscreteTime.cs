namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// Purchases that happen at most once in a calendar period, such as monthly invoices or quarterly orders: continuous-time models
/// do not fit them (they find no dropout, or rates at the edge), BG/BB does.
/// </summary>
public static class DiscreteTime
{
    private const double Tolerance = 0.06;
    private const double LeastShare = 0.95;
    private const int FewestGaps = 20;

    private static readonly double[] Periods = [365.25, 365.25 / 2, 365.25 / 4, 365.25 / 12, 14, 7];

    /// <summary>
    /// The longest calendar period, in days, of which 95 % of the times between purchases are whole multiples; null where there is none,
    /// or fewer than 20 such times. Each customer is its ascending purchase days, repeated days left out.
    /// </summary>
    public static double? PeriodOf(IEnumerable<int[]> customers)
    {
        var gaps = customers.SelectMany(days => days.Zip(days.Skip(1), (first, second) => second - first)).ToList();
        if (gaps.Count < FewestGaps)
        {
            return null;
        }

        foreach (var period in Periods)
        {
            if (gaps.Count(gap => IsMultiple(gap, period)) >= LeastShare * gaps.Count)
            {
                return period;
            }
        }

        return null;
    }

    /// <summary>The customer's summary in periods since its first purchase, as of the end of <paramref name="asOfDay"/>; purchases of one period count once. Null without a purchase by then.</summary>
    /// <param name="days">Day numbers of the purchases, ascending.</param>
    /// <param name="period">Length of a period in days, &gt; 0.</param>
    /// <param name="asOfDay">The last day seen.</param>
    public static DiscreteSummary? Summary(ReadOnlySpan<int> days, double period, int asOfDay)
    {
        if (days.IsEmpty || days[0] > asOfDay)
        {
            return null;
        }

        var (repeats, last) = (0, 0);
        foreach (var day in days)
        {
            var index = (int)Math.Round((day - days[0]) / period);
            if (day <= asOfDay && index > last)
            {
                (repeats, last) = (repeats + 1, index);
            }
        }

        // The period that is still running counts once it is as good as over, or was bought in.
        var periods = Math.Max(last, PeriodsBetween(days[0], period, asOfDay));
        return new DiscreteSummary(repeats, last, periods);
    }

    /// <summary>Whole periods from a first purchase to the end of a day; one that is as good as over counts.</summary>
    internal static int PeriodsBetween(int firstDay, double period, int day) => (int)Math.Floor((day - firstDay) / period + Tolerance);

    private static bool IsMultiple(int gap, double period)
    {
        var multiple = Math.Round(gap / period);
        return multiple >= 1 && Math.Abs(gap - multiple * period) <= Tolerance * period;
    }
}
