using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

[TestFixture]
public sealed class PacingRuleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    [Test]
    public void First_request_goes_at_once() =>
        Assert.That(PacingRule.NextSlot(null, Interval, TimeSpan.FromSeconds(3)), Is.EqualTo(TimeSpan.FromSeconds(3)));

    [Test]
    public void Next_request_goes_an_interval_after_the_slot_however_late_a_timer_fired() =>
        Assert.That(PacingRule.NextSlot(Ms(1000), Interval, Ms(1090)), Is.EqualTo(Ms(1200)));

    [Test]
    public void Latecomer_catches_up_by_a_quarter_of_an_interval_and_no_more()
    {
        Assert.That(PacingRule.NextSlot(Ms(1000), Interval, Ms(1240)), Is.EqualTo(Ms(1200)));
        Assert.That(PacingRule.NextSlot(Ms(1000), Interval, Ms(9000)), Is.EqualTo(Ms(8950)));
    }

    [Test]
    public void No_second_holds_more_than_one_request_above_the_rate_whenever_callers_come()
    {
        var random = new Random(7);
        var now = TimeSpan.Zero;
        TimeSpan? slot = null;
        var sent = new List<TimeSpan>();
        for (var request = 0; request < 1000; request++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(0, 500) * random.Next(0, 2));
            slot = PacingRule.NextSlot(slot, Interval, now);
            now = slot.Value > now ? slot.Value : now;
            sent.Add(now);
        }

        var most = sent.Max(begin => sent.Count(moment => moment >= begin && moment < begin + TimeSpan.FromSeconds(1)));
        Assert.That(most, Is.LessThanOrEqualTo(6));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Rate_that_is_not_positive_is_refused(double rate) =>
        Assert.That(() => PacingRule.Interval(rate), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
