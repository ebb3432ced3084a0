using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Intervals;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>
/// A learned method that knows the whole distribution of a customer's purchases. Asked for a mean other than its own, it gives the
/// distribution that has that mean: of a longer or shorter horizon, within an eighth and eight times the true one; what is still
/// missing then is made up by a higher probability that the customer is here at all.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LearnedModel), "model")]
[JsonDerivedType(typeof(LearnedDiscrete), "discrete")]
public abstract record LearnedDistribution : LearnedMethod
{
    /// <summary>How much longer or shorter than the true horizon the one of a centred distribution may be.</summary>
    public const double MostStretch = 8;

    /// <summary>P(at least one purchase day in the window), 0..1.</summary>
    /// <param name="subject">The customer.</param>
    /// <param name="window">The time.</param>
    /// <param name="mean">The expectation the distribution is to have; null for its own.</param>
    public abstract double RepeatProbability(in ForecastSubject subject, in ForecastWindow window, double? mean);

    /// <summary>
    /// Day number of the median of the wait for the next purchase of a customer who is still here, at least the day after
    /// <see cref="ForecastWindow.AsOfDay"/>; null beyond ten years.
    /// </summary>
    public abstract int? NextPurchaseDay(in ForecastSubject subject, int asOfDay);

    /// <summary>Lists P(0), P(1), … of the window.</summary>
    internal abstract void List(CountList counts, in ForecastSubject subject, in ForecastWindow window, double? mean);
}
