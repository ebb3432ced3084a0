namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>How far is forecast: the months asked for, or as far as the history goes back.</summary>
/// <param name="Months">Months asked for.</param>
/// <param name="Days">Days used, ≥ 1.</param>
/// <param name="IsCut">True where the history is shorter than the months asked for.</param>
public sealed record ForecastHorizon(int Months, int Days, bool IsCut)
{
    /// <summary>The horizon after a day, with a history that begins with the first purchase of the base.</summary>
    /// <param name="asOfDay">Day number.</param>
    /// <param name="months">≥ 1.</param>
    /// <param name="firstDay">Day number of the first purchase.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="months"/> is below 1.</exception>
    public static ForecastHorizon Of(int asOfDay, int months, int firstDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        var days = DateOnly.FromDayNumber(asOfDay).AddMonths(months).DayNumber - asOfDay;
        var history = Math.Max(1, asOfDay - firstDay);
        return new ForecastHorizon(months, Math.Min(days, history), days > history);
    }
}
