using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>Customers with so many purchases in sight that they are not counted one by one: as if they were.</summary>
[TestFixture]
public sealed class ManyPurchasesTests
{
    [Test]
    public void Expectation_of_many_purchases_is_that_of_counting_each(
        [Values(0.08, 0.9, 30, 4000)] double shape, [Values(0.2, 1, 1.5)] double a, [Values(0.3, 200)] double b, [Values(1, 3)] int order)
    {
        var state = new DropoutState(shape, 2, a, b, order);
        var time = Math.Max(20_000 / shape, shape > 1000 ? 40 : 1000);

        foreach (var phase in Enumerable.Range(0, order))
        {
            Assert.That(state.ExpectedByCounting(time, phase), Is.EqualTo(Counted(state, time, phase)).Within(1e-4).Percent, $"phase {phase}");
        }
    }

    [Test]
    public void Expectation_over_any_time_stays_finite_and_never_falls([Values(0.05, 3, 1e5)] double shape, [Values(0.3, 1, 4)] double a, [Values(1, 4)] int order)
    {
        var state = new DropoutState(shape, 1e-3, a, 2, order);
        var expected = Enumerable.Range(-2, 10).Select(power => Math.Round(state.ExpectedByCounting(Math.Pow(10, power), 0), 7)).ToArray();

        Assert.That(expected, Is.Ordered.And.All.Matches<double>(double.IsFinite).And.All.Not.Negative);
    }

    [TestCase(900.0, 3.0, 1.2, 40.0, 9.0)]
    [TestCase(2500.0, 1.0, 0.4, 3.0, 0.8)]
    public void Probabilities_that_begin_below_all_numbers_are_those_of_each_time_of_leaving(double shape, double rate, double s, double here, double horizon)
    {
        var probabilities = new double[(int)(shape * horizon / rate * 1.5) + 200];

        CountMixture.Fill(shape, rate, s, here, horizon, probabilities);

        Assert.Multiple(() =>
        {
            Assert.That(probabilities.Sum(), Is.EqualTo(1).Within(1e-8));
            foreach (var n in new[] { 0, 40, 300, 1200, 1990, 2600 }.Where(n => n < probabilities.Length))
            {
                Assert.That(probabilities[n], Is.EqualTo(Mixed(shape, rate, s, here, horizon, n)).Within(0.1).Percent.Or.EqualTo(0).Within(1e-14), $"{n}");
            }
        });
    }

    private static double Counted(DropoutState state, double time, int phase)
    {
        var odds = time / state.Rate;
        var mean = state.Shape * odds;
        var steps = new double[(int)(mean + 12 * Math.Sqrt(mean * (1 + odds)) + 45 * (1 + odds)) + 100];
        NegativeBinomial.Fill(state.Shape, time / (state.Rate + time), steps);
        double expected = 0, made = 0, survival = 1;
        for (int m = 0, n = 0; m < steps.Length; m++)
        {
            for (; n < (m + phase) / state.Order; n++)
            {
                made += survival;
                survival *= (state.B + n) / (state.A + state.B + n);
            }

            expected += steps[m] * made;
        }

        return expected;
    }

    // The time of leaving, cut into a thousand pieces of 8 nodes.
    private static double Mixed(double shape, double rate, double s, double here, double horizon, int n)
    {
        double Count(double time) => Math.Exp(
            GammaFunctions.Log(shape + n) - GammaFunctions.Log(shape) - GammaFunctions.Log(n + 1.0) + shape * Math.Log(rate / (rate + time)) + n * Math.Log(time / (rate + time)));
        double Density(double time) => s / here * Math.Pow(here / (here + time), s + 1) * Count(time);
        var leaving = Enumerable.Range(0, 1000).Sum(i => GaussLegendre.Rule(8).Integrate(Density, horizon * i / 1000, horizon * (i + 1) / 1000));
        return leaving + Math.Pow(here / (here + horizon), s) * Count(horizon);
    }
}
