namespace AmoLtv.Core.Forecasting.Series;

/// <summary>What is expected of a month to come, with the interval that holds it with 80 %.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Expected">In the currency.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record ForecastMonth(DateOnly Month, double Expected, double Low, double High);
