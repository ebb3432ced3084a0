using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>Turns a customer's purchases to come into money: revenue by the spend model, then returns, margin and discount as one factor.</summary>
internal sealed class CustomerValues(ForecastParameters parameters, ForecastWindow window, double discount, Basis basis)
{
    /// <summary>Expected value and the smallest set of values.</summary>
    public (double Expected, PredictiveSet Set) Of(in ForecastSubject subject, double purchases, CountList counts, ValueMixture mixture)
    {
        var revenue = parameters.Method.Revenue(subject, window, purchases, parameters.Spend);
        var factor = Share(subject) * (discount > 0 ? parameters.Method.DiscountedPart(subject, window, discount) : 1);
        return (revenue * factor, Scaled(parameters.Spend.SetOf(subject, revenue, purchases, counts, mixture), factor));
    }

    private double Share(in ForecastSubject subject)
    {
        var kept = 1 - Math.Clamp(parameters.ReturnShare?.Expected(subject.Returns, subject.Revenue) ?? 0, 0, 1);
        return basis == Basis.Margin ? kept * (parameters.MarginShare?.Expected(subject.Margin, subject.Revenue) ?? 0) : kept;
    }

    // Adding 0 turns a negative zero into zero.
    private static PredictiveSet Scaled(in PredictiveSet set, double factor) => factor < 0
        ? set with { Low = set.High * factor + 0.0, High = set.Low * factor + 0.0 }
        : set with { Low = set.Low * factor, High = set.High * factor };
}
