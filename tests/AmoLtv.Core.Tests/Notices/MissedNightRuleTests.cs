using AmoLtv.Core.Notices;

namespace AmoLtv.Core.Tests.Notices;

[TestFixture]
public sealed class MissedNightRuleTests
{
    private static readonly DateTimeOffset Since = new(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);

    [TestCase(24, false)]
    [TestCase(28, false)]
    [TestCase(28.01, true)]
    [TestCase(400, true)]
    public void Night_is_missed_when_a_day_and_its_repeats_are_over(double hours, bool isMissed) =>
        Assert.That(MissedNightRule.Read(new NightFacts(Since, null, null), Since.AddHours(hours)), isMissed ? Is.Not.Null : Is.Null);

    [TestCase(1, false)]
    [TestCase(12, false)]
    [TestCase(12.01, true)]
    public void Calculation_under_way_is_the_night_that_is_waited_for_unless_it_does_not_end(double hoursAgo, bool isMissed)
    {
        var now = Since.AddHours(40);

        Assert.That(MissedNightRule.Read(new NightFacts(Since, now.AddHours(-hoursAgo), null), now), isMissed ? Is.Not.Null : Is.Null);
    }

    [TestCase(0.99, false)]
    [TestCase(1, true)]
    public void Refusal_of_the_CRM_that_lasts_an_hour_is_told_before_a_night_is_missed(double hours, bool isTold)
    {
        var words = MissedNightRule.Read(new NightFacts(Since, null, "the CRM refuses every request", Since), Since.AddHours(hours));

        Assert.That(words, isTold ? Does.Contain("the CRM refuses every request").And.Contain("2026-05-04 03:00 UTC") : Is.Null);
    }

    [Test]
    public void Words_name_what_kept_the_night_from_beginning()
    {
        var words = MissedNightRule.Read(new NightFacts(Since, null, "run 12 (command) has held the account since 2026-05-04 09:00 UTC"), Since.AddDays(2));

        Assert.That(words, Does.Contain("2026-05-04 03:00 UTC").And.Contain("run 12"));
    }
}
