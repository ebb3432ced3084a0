using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>The mean of two methods.</summary>
public sealed record LearnedCombination(LearnedMethod First, LearnedMethod Second) : LearnedMethod
{
    /// <inheritdoc/>
    public override double Purchases(in ForecastSubject subject, in ForecastWindow window) =>
        (First.Purchases(subject, window) + Second.Purchases(subject, window)) / 2;

    /// <inheritdoc/>
    public override double Revenue(in ForecastSubject subject, in ForecastWindow window, double purchases, LearnedSpend spend)
    {
        var first = First.Purchases(subject, window);
        return (First.Revenue(subject, window, first, spend) + Second.Revenue(subject, window, 2 * purchases - first, spend)) / 2;
    }

    /// <inheritdoc/>
    public override double DiscountedPart(in ForecastSubject subject, in ForecastWindow window, double discount)
    {
        var (first, second) = (First.Purchases(subject, window), Second.Purchases(subject, window));
        return first + second > 0
            ? (first * First.DiscountedPart(subject, window, discount) + second * Second.DiscountedPart(subject, window, discount)) / (first + second)
            : base.DiscountedPart(subject, window, discount);
    }
}
