using AmoLtv.Core.Forecasting.Backtesting;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>A table of grades in a word.</summary>
public sealed class CalibrationVerdictTests
{
    [TestCase(0.05, CalibrationQuality.Close)]
    [TestCase(0.06, CalibrationQuality.Fair)]
    [TestCase(0.10, CalibrationQuality.Fair)]
    [TestCase(0.11, CalibrationQuality.Rough)]
    public void Word_follows_the_mean_distance(double error, CalibrationQuality quality) =>
        Assert.That(CalibrationVerdict.Of([new(0.4, 0.6, 100, 0.5, 0.5 + error - 1e-12)]).Quality, Is.EqualTo(quality));

    [Test]
    public void Each_customer_counts_once_and_empty_grades_not_at_all()
    {
        var verdict = CalibrationVerdict.Of([new(0, 0.2, 90, 0.1, 0.1), new(0.2, 0.4, 0, null, null), new(0.8, 1, 10, 0.9, 0.5)]);

        Assert.That(verdict.MeanError, Is.EqualTo(0.04).Within(1e-12));
        Assert.That((verdict.Quality, verdict.Customers), Is.EqualTo((CalibrationQuality.Close, 100)));
    }

    [Test]
    public void Few_customers_say_nothing()
    {
        Assert.That(CalibrationVerdict.Of([new(0, 0.2, 29, 0.1, 0.1)]).Quality, Is.EqualTo(CalibrationQuality.Unknown));
        Assert.That(CalibrationVerdict.Of([]), Is.EqualTo(new CalibrationVerdict(CalibrationQuality.Unknown, 0, null)));
    }
}
