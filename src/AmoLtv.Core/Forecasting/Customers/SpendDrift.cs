using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>A trend of the value of a purchase, and the day it is counted from where a customer has none of its own.</summary>
/// <param name="Trend">Per week.</param>
/// <param name="MiddleDay">Mean day of the purchases it was learned from.</param>
public sealed record SpendDrift(SpendTrend Trend, double MiddleDay)
{
    /// <summary>Factor on the customer's mean value of a purchase in the window, ½..2: from the middle of its own purchases, which its mean is of, to the middle of the window.</summary>
    public double Factor(in ForecastSubject subject, in ForecastWindow window)
    {
        var middle = subject.RepeatSpend.Count > 0 ? (subject.FirstDay + subject.LastDay) / 2.0 : MiddleDay;
        return Trend.Factor((window.AsOfDay - middle) / ForecastWindow.DaysPerUnit, window.Days / ForecastWindow.DaysPerUnit);
    }
}
