using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>A trend of the value of a purchase, and the day it is counted from.</summary>
/// <param name="Trend">Per week.</param>
/// <param name="MiddleDay">Mean day of the purchases it was learned from.</param>
public sealed record SpendDrift(SpendTrend Trend, double MiddleDay)
{
    /// <summary>Factor on the mean value of a purchase in the window, ½..2.</summary>
    public double Factor(in ForecastWindow window) =>
        Trend.Factor((window.AsOfDay - MiddleDay) / ForecastWindow.DaysPerUnit, window.Days / ForecastWindow.DaysPerUnit);
}
