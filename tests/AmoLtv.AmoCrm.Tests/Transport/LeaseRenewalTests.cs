using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

/// <summary>What a process asks the shared schedule for, and when: answer by answer, by a shared clock that agrees with the stopwatch.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LeaseRenewalTests
{
    private static readonly DateTimeOffset Zero = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Interval = Seconds(0.2);

    private readonly LeasedSlots _slots = new(Interval, processes: 1, Zero);

    [Test]
    public void Refused_process_asks_again_when_the_schedule_is_no_further_ahead_than_it_may_take()
    {
        var asked = _slots.Demand(Seconds(1), waiting: 1, persons: 0)!.Value;

        _slots.Take(asked, new PermitAnswer(Zero + Seconds(1), Start: null, Free: Zero + Seconds(10), Circuit: null), Seconds(1), Seconds(1));

        Assert.That(_slots.AskAgain, Is.EqualTo(Seconds(10) - PermitRule.Ahead));
        Assert.That(_slots.Demand(_slots.AskAgain - Seconds(0.01), 1, 0), Is.Null);
        Assert.That(_slots.Demand(_slots.AskAgain, 1, 0), Is.Not.Null);
    }

    [Test]
    public void Refused_process_asks_no_sooner_than_in_five_milliseconds()
    {
        var asked = _slots.Demand(Seconds(1), waiting: 1, persons: 0)!.Value;

        _slots.Take(asked, new PermitAnswer(Zero + Seconds(1), Start: null, Free: Zero + Seconds(1), Circuit: null), Seconds(1), Seconds(1));

        Assert.That(_slots.AskAgain, Is.EqualTo(TimeSpan.FromMilliseconds(1005)));
    }

    [Test]
    public void Long_journey_is_remembered_and_fades()
    {
        Lease(TimeSpan.Zero, slots: 1, journey: Seconds(1));
        var afterLong = _slots.Demand(Seconds(9), waiting: 1, persons: 0)!.Value;
        Give(afterLong, Seconds(9), journey: Seconds(0.01));
        var afterShort = _slots.Demand(Seconds(20), waiting: 1, persons: 0)!.Value;

        Assert.That((afterLong.Ahead, afterShort.Ahead), Is.EqualTo((Seconds(3), Seconds(2.7))));
    }

    [Test]
    public void Slots_that_passed_unused_are_asked_for_no_more()
    {
        Lease(TimeSpan.Zero, slots: 4);
        Assert.That(_slots.NextSlot(previous: null, Seconds(5)), Is.Null);

        Assert.That(_slots.Demand(Seconds(5), waiting: 1, persons: 0)!.Value.Slots, Is.EqualTo(1));
    }

    [Test]
    public void Slots_that_were_all_used_are_asked_for_twice()
    {
        Lease(TimeSpan.Zero, slots: 2);
        _slots.Use(_slots.NextSlot(previous: null, TimeSpan.Zero)!.Value);
        _slots.Use(_slots.NextSlot(TimeSpan.Zero, Seconds(0.2))!.Value);
        Assert.That(_slots.NextSlot(Seconds(0.2), Seconds(0.4)), Is.Null);

        Assert.That(_slots.Demand(Seconds(0.4), waiting: 1, persons: 0)!.Value.Slots, Is.EqualTo(4));
    }

    [Test]
    public void Person_is_asked_for_at_once_and_only_beyond_what_is_left()
    {
        Lease(TimeSpan.Zero, slots: 2);

        Assert.That(_slots.Demand(TimeSpan.Zero, waiting: 2, persons: 2), Is.Null, "There is a slot for each.");
        var asked = _slots.Demand(TimeSpan.Zero, waiting: 5, persons: 5)!.Value;
        Assert.That((asked.Slots, asked.IsUrgent), Is.EqualTo((3, true)));
    }

    [Test]
    public void Lease_for_persons_is_no_measure_of_the_next_one()
    {
        Lease(TimeSpan.Zero, slots: 1);
        Give(_slots.Demand(TimeSpan.Zero, waiting: 5, persons: 5)!.Value, Seconds(0.2));
        _slots.NextSlot(Seconds(0.8), Seconds(30));

        Assert.That(_slots.Demand(Seconds(30), waiting: 1, persons: 0)!.Value.Slots, Is.EqualTo(1));
    }

    // A sixth of the rate, for each process; asked again in two seconds, or with the next slow slot.
    [TestCase(0.15, 1, 2.0, 2)]
    [TestCase(0.25, 1, 2.0, 1)]
    [TestCase(0.2, 4, 4.8, 1)]
    public void Without_the_schedule_a_process_goes_on_slowly_and_asks_again(double interval, int processes, double again, int slots)
    {
        var alone = new LeasedSlots(Seconds(interval), processes, Zero);
        var slow = PermitRule.UnsharedInterval(Seconds(interval), processes);
        var asked = alone.Demand(Seconds(1), waiting: 9, persons: 0)!.Value;

        alone.Take(asked, answer: null, Seconds(1), Seconds(1));

        Assert.That(alone.AskAgain, Is.EqualTo(Seconds(1 + again)));
        var given = new List<TimeSpan>();
        for (TimeSpan? slot = alone.NextSlot(previous: null, Seconds(1)); slot is { } next; slot = alone.NextSlot(next, next))
        {
            given.Add(next);
        }

        Assert.That(given, Is.EqualTo(Enumerable.Range(0, slots).Select(index => Seconds(1) + (index * slow))));
    }

    [Test]
    public void Slots_of_the_schedule_are_asked_for_once_at_a_time()
    {
        _slots.Demand(TimeSpan.Zero, waiting: 1, persons: 0);

        Assert.That(_slots.IsAsking, Is.True);
        Assert.That(_slots.Demand(Seconds(9), waiting: 9, persons: 9), Is.Null);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>So many slots from a moment on, whatever was asked for.</summary>
    private void Lease(TimeSpan start, int slots, TimeSpan journey = default) =>
        Give(_slots.Demand(start, waiting: 1, persons: 0)!.Value with { Slots = slots }, start, journey);

    /// <summary>What was asked for, from a moment on; the answer took its time to come.</summary>
    private void Give(PermitDemand asked, TimeSpan start, TimeSpan journey = default)
    {
        var end = Zero + start + (asked.Slots * asked.Interval);
        _slots.Take(asked, new PermitAnswer(Zero + start, Zero + start, end, Circuit: null), start - journey, start);
    }
}
