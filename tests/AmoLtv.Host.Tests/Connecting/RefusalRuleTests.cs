using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Tests.Connecting;

[TestFixture]
public sealed class RefusalRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);

    [TestCase(23.9, 50, false, false)]
    [TestCase(24, 5, false, true)]
    [TestCase(24, 4, false, false)]
    [TestCase(0.9, 50, true, false)]
    [TestCase(1, 5, true, true)]
    [TestCase(1, 4, true, false)]
    [TestCase(200, 2, true, false)]
    public void Grant_is_lost_after_a_day_of_refusals_or_an_hour_where_the_settings_are_proven(double hours, int tries, bool othersWereRenewed, bool isLost) =>
        Assert.That(RefusalRule.IsLost(Now.AddHours(-hours), tries, othersWereRenewed, Now), Is.EqualTo(isLost));

    [Test]
    public void First_refusal_ends_no_grant_however_long_the_CRM_was_silent_before() =>
        Assert.That(RefusalRule.IsLost(null, 100, othersWereRenewed: true, Now), Is.False);

    [Test]
    public void Refusals_come_to_their_end_at_the_pauses_of_the_renewal()
    {
        var (at, tries) = (Now, 1);
        while (!RefusalRule.IsLost(tries == 1 ? null : Now, tries, othersWereRenewed: false, at))
        {
            at += RenewalRule.Pause(tries);
            tries++;
        }

        Assert.That(at - Now, Is.InRange(RefusalRule.Longest, RefusalRule.Longest + TimeSpan.FromMinutes(30)));
    }
}
