using AmoLtv.Core.Products;

namespace AmoLtv.Core.Tests.Products;

/// <summary>R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics in Medicine 17, 1998, table I, method 3.</summary>
[TestFixture]
public sealed class ShareIntervalTests
{
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0000, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    [TestCase(29, 29, 0.8830, 1.0000)]
    public void Interval_is_the_published_one(int successes, int trials, double low, double high)
    {
        var interval = ShareInterval.Of(successes, trials);

        Assert.That((interval.Low, interval.High), Is.EqualTo((low, high)).Using<(double, double)>((one, other) =>
            Math.Abs(one.Item1 - other.Item1) < 0.00005 && Math.Abs(one.Item2 - other.Item2) < 0.00005));
    }

    [Test]
    public void More_trials_of_the_same_share_narrow_it()
    {
        var few = ShareInterval.Of(3, 10);
        var many = ShareInterval.Of(300, 1000);

        Assert.That(many.Low, Is.GreaterThan(few.Low));
        Assert.That(many.High, Is.LessThan(few.High));
    }

    [TestCase(1, 0)]
    [TestCase(-1, 5)]
    [TestCase(6, 5)]
    public void What_is_no_share_is_refused(int successes, int trials) =>
        Assert.That(() => ShareInterval.Of(successes, trials), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
