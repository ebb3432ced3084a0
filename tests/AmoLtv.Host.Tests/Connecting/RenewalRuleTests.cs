using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Tests.Connecting;

[TestFixture]
public sealed class RenewalRuleTests
{
    private static readonly DateTimeOffset Issued = new(2026, 11, 1, 3, 0, 0, TimeSpan.Zero);

    [TestCase(19.99, false)]
    [TestCase(20, true)]
    [TestCase(30, true)]
    public void Token_of_an_account_at_work_is_renewed_after_twenty_hours(double hours, bool expected) =>
        Assert.That(IsDue(hours, usedHoursAgo: 10), Is.EqualTo(expected));

    [TestCase(20, false)]
    [TestCase((24 * 7) - 0.01, false)]
    [TestCase(24 * 7, true)]
    public void Token_of_an_idle_account_is_renewed_each_week(double hours, bool expected)
    {
        Assert.That(IsDue(hours, usedHoursAgo: 49), Is.EqualTo(expected), "Its last run is more than two days ago.");
        Assert.That(IsDue(hours, usedHoursAgo: null), Is.EqualTo(expected), "It never ran.");
    }

    [Test]
    public void Clock_that_was_set_back_makes_nothing_due() => Assert.That(IsDue(-1, usedHoursAgo: 1), Is.False);

    [TestCase(1, 0.9, false)]
    [TestCase(1, 1, true)]
    [TestCase(3, 3.9, false)]
    [TestCase(3, 4, true)]
    [TestCase(1000, 29.9, false)]
    [TestCase(1000, 30, true)]
    public void Renewal_that_failed_is_tried_again_after_a_growing_pause_of_at_most_half_an_hour(int failures, double minutes, bool expected)
    {
        var now = Issued.AddHours(22);

        Assert.That(RenewalRule.IsDue(Issued, Issued.AddHours(24), now, failures, now.AddMinutes(-minutes), now), Is.EqualTo(expected));
    }

    private static bool IsDue(double hours, double? usedHoursAgo)
    {
        var now = Issued.AddHours(hours);
        return RenewalRule.IsDue(Issued, Issued.AddHours(24), usedHoursAgo is { } ago ? now.AddHours(-ago) : null, 0, null, now);
    }
}
