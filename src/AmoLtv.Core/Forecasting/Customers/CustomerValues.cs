using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>Turns a customer's purchases to come into money: revenue by the spend model, then returns, margin and discount as one factor.</summary>
internal sealed class CustomerValues(ForecastParameters parameters, ForecastWindow window, double discount, Basis basis)
{
    private const double MostStretch = LearnedDistribution.MostStretch;

    /// <summary>Expected value and the smallest set of values.</summary>
    public (double Expected, PredictiveSet Set) Of(in ForecastSubject subject, double purchases, CountList counts, ValueMixture mixture)
    {
        var revenue = parameters.Method.Revenue(subject, window, purchases, parameters.Spend);
        var factor = Share(subject) * (discount > 0 ? parameters.Method.DiscountedPart(subject, window, discount) : 1);
        if (parameters.Spend.Model is not { } model)
        {
            return (revenue * factor, new PredictiveSet(true, 0, 0, 1));
        }

        var amounts = parameters.Spend.AmountsOf(subject);
        var typical = model.ExpectedMean(amounts);
        var set = mixture.Set(
            counts.Probabilities, model, parameters.Spend.Fit.Draws, CustomerForecasting.Nominal, amounts, counts.Lot * Stretch(revenue, purchases * typical));
        return (revenue * factor, Scaled(set, factor));
    }

    // The set is centred on the method's own value of a purchase where that is not the spend model's.
    private static double Stretch(double revenue, double modelled) =>
        revenue > 0 && modelled > 0 ? Math.Clamp(revenue / modelled, 1 / MostStretch, MostStretch) : 1;

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
