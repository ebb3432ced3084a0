using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>
/// What a method's RepeatProbability has to be turned into, by what came of it at earlier cuts: logit(calibrated) = intercept + slope · logit(p)
/// (Cox 1958; Platt 1999). Rising, so that it changes no order.
/// </summary>
/// <param name="Intercept">In logits; 0 leaves the level.</param>
/// <param name="Slope">&gt; 0; below 1 the method was too sure, above 1 not sure enough.</param>
public sealed record RepeatCalibration(double Intercept, double Slope)
{
    // Standard deviations of the prior around the identity: a small base hardly moves it, a large one at will.
    private const double InterceptDeviation = 0.25;
    private const double LogSlopeDeviation = 0.2;

    private const double Bound = 3;
    private const double Surest = 1e-9;

    /// <summary>Changes nothing.</summary>
    public static RepeatCalibration Identity { get; } = new(0, 1);

    /// <summary>The calibrated probability, 0..1; certainties stay what they are.</summary>
    public double Apply(double probability) =>
        (Intercept == 0 && Slope == 1) || probability is <= 0 or >= 1
            ? probability
            : LogSpace.Sigmoid(Intercept + Slope * Logit(probability));

    /// <summary>Learns from probabilities forecast, whether the customer bought, and how much each counts (1 for an observation that stands alone). The identity without any.</summary>
    /// <param name="outcomes">Probability 0..1, what came, weight ≥ 0.</param>
    public static RepeatCalibration Learn(IReadOnlyList<(double Probability, bool Bought, double Weight)> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return Identity;
        }

        var logits = outcomes.Select(outcome => Logit(outcome.Probability)).ToArray();
        var found = new BoundedMinimizer(-Bound, Bound).Minimize(
            (point, gradient) =>
            {
                var slope = Math.Exp(point[1]);
                var value = (Square(point[0] / InterceptDeviation) + Square(point[1] / LogSlopeDeviation)) / 2;
                gradient[0] = point[0] / Square(InterceptDeviation);
                gradient[1] = point[1] / Square(LogSlopeDeviation);
                for (var i = 0; i < logits.Length; i++)
                {
                    // −ln of the probability of what happened is ln(1 + e^z) with the sign of the surprise.
                    var z = point[0] + slope * logits[i];
                    var (_, bought, weight) = outcomes[i];
                    var error = LogSpace.Sigmoid(z) - (bought ? 1 : 0);
                    value += weight * (Math.Max(0, bought ? -z : z) + LogSpace.LogOnePlus(Math.Exp(-Math.Abs(z))));
                    gradient[0] += weight * error;
                    gradient[1] += weight * error * slope * logits[i];
                }

                return value;
            },
            [0, 0]);
        return found is null ? Identity : new RepeatCalibration(found.Point[0], Math.Exp(found.Point[1]));
    }

    private static double Square(double x) => x * x;

    private static double Logit(double probability)
    {
        var limited = Math.Clamp(probability, Surest, 1 - Surest);
        return Math.Log(limited / (1 - limited));
    }
}
