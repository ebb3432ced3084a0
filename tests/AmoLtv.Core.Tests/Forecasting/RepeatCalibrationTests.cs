using AmoLtv.Core.Forecasting.Customers;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class RepeatCalibrationTests
{
    [Test]
    public void Without_data_nothing_is_changed()
    {
        var calibration = RepeatCalibration.Learn([]);

        Assert.That(new[] { 0, 1e-12, 0.2, 0.7, 1 }.Select(calibration.Apply), Is.EqualTo(new[] { 0, 1e-12, 0.2, 0.7, 1 }));
    }

    [TestCase(-0.8, 0.6)]
    [TestCase(0.5, 1.4)]
    public void Planted_miscalibration_is_recovered_from_many(double intercept, double slope)
    {
        var calibration = RepeatCalibration.Learn(Outcomes(40_000, intercept, slope));

        Assert.That((calibration.Intercept, calibration.Slope), Is.EqualTo((intercept, slope)).Using<(double, double)>(
            (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.06 && Math.Abs(a.Item2 - b.Item2) < 0.05));
    }

    [Test]
    public void Calibrated_probabilities_happen_as_often_as_they_say()
    {
        var outcomes = Outcomes(40_000, -0.8, 0.6);
        var calibration = RepeatCalibration.Learn(outcomes);

        foreach (var grade in outcomes.GroupBy(outcome => (int)(5 * calibration.Apply(outcome.Probability))).Where(grade => grade.Count() > 1000))
        {
            Assert.That(grade.Average(outcome => outcome.Bought ? 1.0 : 0), Is.EqualTo(grade.Average(outcome => calibration.Apply(outcome.Probability))).Within(0.02));
        }
    }

    [Test]
    public void Few_outcomes_hardly_move_it()
    {
        var (few, many) = (RepeatCalibration.Learn(Outcomes(12, -2, 0.5)), RepeatCalibration.Learn(Outcomes(12_000, -2, 0.5)));

        Assert.Multiple(() =>
        {
            Assert.That(Math.Abs(few.Intercept), Is.LessThan(0.3));
            Assert.That(few.Slope, Is.InRange(0.8, 1.25));
            Assert.That(many.Intercept, Is.LessThan(-1.7));
        });
    }

    [Test]
    public void Order_of_customers_is_kept_whatever_was_learned([Range(0, 19)] int seed)
    {
        var random = new Random(seed);
        var outcomes = Enumerable.Range(0, 1 + random.Next(300)).Select(_ => (random.NextDouble() * random.Next(2), random.Next(2) == 0, random.NextDouble())).ToList();
        var calibration = RepeatCalibration.Learn(outcomes);

        var calibrated = Enumerable.Range(0, 1001).Select(i => calibration.Apply(i / 1000.0)).ToArray();

        Assert.That(calibration.Slope, Is.GreaterThan(0));
        Assert.That(calibrated, Is.Ordered.And.All.InRange(0, 1));
    }

    private static List<(double Probability, bool Bought, double Weight)> Outcomes(int count, double intercept, double slope)
    {
        var random = new Random(17);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var p = 0.02 + 0.96 * random.NextDouble();
            var z = intercept + slope * Math.Log(p / (1 - p));
            return (p, random.NextDouble() < 1 / (1 + Math.Exp(-z)), 1.0);
        })];
    }
}
