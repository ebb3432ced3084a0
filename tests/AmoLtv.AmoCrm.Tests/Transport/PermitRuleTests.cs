using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

[TestFixture]
public sealed class PermitRuleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.0 / 6);

    [TestCase(0, 0, 1, 1, TestName = "First request asks for itself alone")]
    [TestCase(1, 0, 1, 2, TestName = "Lease that was used up is doubled")]
    [TestCase(4, 0, 1, 6, TestName = "Lease never exceeds the most")]
    [TestCase(6, 4, 1, 2, TestName = "Lease shrinks by what was lost")]
    [TestCase(2, 2, 1, 1, TestName = "Lease is never less than one")]
    [TestCase(1, 1, 5, 5, TestName = "Lease covers who waits")]
    public void Lease_follows_what_the_last_one_was_used_for(int last, int lost, int waiting, int slots) =>
        Assert.That(PermitRule.Slots(last, lost, waiting, most: 6), Is.EqualTo(slots));

    [Test]
    public void Lease_lasts_a_second_or_four_journeys_of_the_question()
    {
        Assert.That(PermitRule.Most(Interval, TimeSpan.FromMilliseconds(2)), Is.EqualTo(6));
        Assert.That(PermitRule.Most(Interval, TimeSpan.FromSeconds(1)), Is.EqualTo(24));
        Assert.That(PermitRule.Most(Interval, TimeSpan.FromMinutes(1)), Is.EqualTo(180), "Half a minute at the most.");
        Assert.That(PermitRule.Most(TimeSpan.FromSeconds(10), TimeSpan.Zero), Is.EqualTo(1), "A slow rate leases one at a time.");
    }

    [TestCase(0.002, 0.75)]
    [TestCase(1, 3)]
    [TestCase(60, 30)]
    public void Slots_are_taken_ahead_for_three_quarters_of_a_second_or_three_journeys_of_the_question(double journey, double ahead) =>
        Assert.That(PermitRule.AheadOf(TimeSpan.FromSeconds(journey)), Is.EqualTo(TimeSpan.FromSeconds(ahead)));

    [Test]
    public void Processes_without_the_schedule_take_together_what_the_CRM_allows_beyond_the_default_rate()
    {
        Assert.That(PermitRule.UnsharedInterval(Interval, 1), Is.EqualTo(TimeSpan.FromSeconds(1)).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(PermitRule.UnsharedInterval(Interval, 4), Is.EqualTo(TimeSpan.FromSeconds(4)).Within(TimeSpan.FromMilliseconds(1)));
    }
}
