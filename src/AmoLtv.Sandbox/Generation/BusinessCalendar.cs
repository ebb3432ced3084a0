namespace AmoLtv.Sandbox.Generation;

/// <summary>
/// How busy each day of the history is: December is strong, January and July weak, weekends nearly empty.
/// Histories are made in even time and mapped through it, which keeps their order.
/// </summary>
internal sealed class BusinessCalendar
{
    private static readonly double[] Months = [0.55, 0.9, 1.1, 1.05, 0.85, 0.95, 0.75, 0.85, 1.1, 1.15, 1.2, 1.5];
    private readonly double[] _cumulative;

    public BusinessCalendar(DateOnly from, DateOnly until)
    {
        From = from;
        _cumulative = new double[Math.Max(1, until.DayNumber - from.DayNumber)];
        double total = 0;
        for (var day = 0; day < _cumulative.Length; day++)
        {
            var date = from.AddDays(day);
            var weight = Months[date.Month - 1] * (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.15 : 1);
            _cumulative[day] = total += weight;
        }
    }

    public DateOnly From { get; }

    /// <summary>Length of the history, days.</summary>
    public int Days => _cumulative.Length;

    /// <summary>The day of an even moment.</summary>
    /// <param name="even">Days of even time from the start, 0 to <see cref="Days"/>.</param>
    public int DayOf(double even)
    {
        var place = Array.BinarySearch(_cumulative, even / Days * _cumulative[^1]);
        return Math.Clamp(place < 0 ? ~place : place, 0, Days - 1);
    }
}
