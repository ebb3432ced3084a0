using AmoLtv.Core.Forecasting.Series;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>The time a forecast is of: the days after a day.</summary>
/// <param name="AsOfDay">The last day known.</param>
/// <param name="Days">Days forecast, &gt; 0.</param>
/// <param name="Length">The same in weeks of mean season: what the models, which know no season, are asked for.</param>
public readonly record struct ForecastWindow(int AsOfDay, int Days, double Length)
{
    /// <summary>Days of one unit of time: everything is in weeks.</summary>
    public const double DaysPerUnit = 7;

    /// <summary>The window without a season.</summary>
    public static ForecastWindow Plain(int asOfDay, int days) => new(asOfDay, days, days / DaysPerUnit);

    /// <summary>The window with the seasons of its months.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="seasons"/> is null.</exception>
    public static ForecastWindow Of(int asOfDay, int days, SeasonalIndices seasons)
    {
        ArgumentNullException.ThrowIfNull(seasons);
        var from = DateOnly.FromDayNumber(asOfDay + 1);
        return seasons.Strength > 0 ? new(asOfDay, days, seasons.EffectiveLength(from, from.AddDays(days), DaysPerUnit)) : Plain(asOfDay, days);
    }
}
