using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SharedClock _clock = new(Noon.AddDays(-1));

    [Test]
    public void Quickest_answer_counts_and_a_slow_one_changes_nothing()
    {
        _clock.Read(Noon, S(10), S(10.002));
        _clock.Read(Noon.AddSeconds(1), S(11), S(11.4));

        Assert.That(_clock.ToStopwatch(Noon.AddSeconds(5)), Is.EqualTo(S(15)).Within(Ms(5)));
    }

    [Test]
    public void Moment_is_never_taken_to_be_earlier_than_it_is([Values(0, 3, 50)] int journey)
    {
        // The clock was read when the answer had just left.
        _clock.Read(Noon, S(10) - Ms(journey), S(10) + Ms(journey));

        Assert.That(_clock.ToStopwatch(Noon), Is.GreaterThanOrEqualTo(S(10)));
    }

    [TestCase(3600)]
    [TestCase(-3600)]
    public void Clock_that_was_set_is_believed_at_once(double by)
    {
        var first = _clock.Read(Noon, S(10), S(10.002));
        var second = _clock.Read(Noon.AddSeconds(1 + by), S(11), S(11.002));

        Assert.That((first, second), Is.EqualTo((false, true)));
        Assert.That(_clock.ToStopwatch(Noon.AddSeconds(2 + by)), Is.EqualTo(S(12)).Within(Ms(5)));
    }

    [Test]
    public void Slow_drift_is_followed()
    {
        for (var minute = 0; minute <= 60; minute++)
        {
            // Loses 50 microseconds a second.
            _clock.Read(Noon.AddSeconds(minute * 60 * 0.99995), S(minute * 60), S(minute * 60));
        }

        Assert.That(_clock.ToStopwatch(Noon.AddSeconds(3600 * 0.99995)), Is.EqualTo(S(3600)).Within(Ms(10)));
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
