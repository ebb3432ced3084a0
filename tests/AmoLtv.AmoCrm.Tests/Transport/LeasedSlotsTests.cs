using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

/// <summary>What holds of a schedule that several processes share, whatever they do.</summary>
[TestFixture]
public sealed class LeasedSlotsTests
{
    private const int Rate = 6;

    [Test]
    public void One_process_alone_reaches_the_permitted_rate_and_asks_once_a_second()
    {
        var schedule = new SharedScheduleSimulation(Rate, seed: 1);
        schedule.Start(night: 5);

        schedule.Run(TimeSpan.FromSeconds(100));

        Assert.That(schedule.Sent, Has.Count.InRange(0.99 * 600, 601));
        Assert.That(schedule.MostInASecond(), Is.LessThanOrEqualTo(7));
        Assert.That(schedule.Leases, Is.LessThan(130));
    }

    [Test]
    public void Caller_after_caller_reaches_the_permitted_rate_too()
    {
        var schedule = new SharedScheduleSimulation(Rate, seed: 2);
        schedule.Start(night: 1);

        schedule.Run(TimeSpan.FromSeconds(100));

        Assert.That(schedule.Sent, Has.Count.InRange(0.99 * 600, 601));
        Assert.That(schedule.Leases, Is.LessThan(200));
    }

    [Test]
    public void No_second_holds_more_than_the_CRM_allows_whatever_processes_do([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var schedule = new SharedScheduleSimulation(Rate, seed);
        var workers = Enumerable.Range(0, random.Next(2, 6))
            .Select(_ => schedule.Start(random.Next(0, 8), random.Next(0, 2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 5))))
            .ToList();
        for (var phase = 0; phase < 20; phase++)
        {
            schedule.Run(TimeSpan.FromMilliseconds(random.Next(100, 3000)));
            workers[random.Next(workers.Count)].Night = random.Next(0, 8);
            if (random.Next(0, 5) == 0)
            {
                schedule.Kill(workers[random.Next(workers.Count)]);
                workers.Add(schedule.Start(random.Next(0, 8)));
            }
        }

        Assert.That(schedule.MostInASecond(), Is.LessThanOrEqualTo(7));
    }

    [Test]
    public void Person_waits_no_longer_than_what_others_may_take_ahead()
    {
        var schedule = new SharedScheduleSimulation(Rate, seed: 3);
        schedule.Start(night: 6);
        schedule.Start(night: 6);
        schedule.Start(night: 0, cardEvery: TimeSpan.FromSeconds(3));

        schedule.Run(TimeSpan.FromMinutes(5));

        Assert.That(schedule.Waits, Has.Count.GreaterThan(50));
        Assert.That(schedule.Waits.Max(), Is.LessThan(TimeSpan.FromSeconds(2.5)));
    }

    [Test]
    public void Nights_of_two_processes_share_the_rate_and_lose_little_of_it()
    {
        var schedule = new SharedScheduleSimulation(Rate, seed: 4);
        schedule.Start(night: 6);
        schedule.Start(night: 6);

        schedule.Run(TimeSpan.FromSeconds(100));

        Assert.That(schedule.Sent, Has.Count.InRange(0.97 * 600, 601));
    }

    [Test]
    public void Lease_of_a_killed_process_lapses_within_two_seconds()
    {
        var schedule = new SharedScheduleSimulation(Rate, seed: 5);
        var killed = schedule.Start(night: 6);
        schedule.Start(night: 6);
        schedule.Run(TimeSpan.FromSeconds(10));
        schedule.Kill(killed);
        var before = schedule.Sent.Count;

        schedule.Run(TimeSpan.FromSeconds(20));

        Assert.That(schedule.Sent.Count - before, Is.GreaterThan((20 - 2) * Rate));
    }

    [Test]
    public void Without_the_schedule_each_process_goes_on_at_what_the_CRM_allows_beyond_the_rate()
    {
        var schedule = new SharedScheduleSimulation(Rate, seed: 6) { IsAway = true };
        schedule.Start(night: 0, cardEvery: TimeSpan.FromSeconds(0.2));

        schedule.Run(TimeSpan.FromSeconds(60));

        Assert.That(schedule.Sent, Has.Count.InRange(50, 62));
        Assert.That(schedule.MostInASecond(), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void Schedule_that_comes_back_is_used_within_three_seconds()
    {
        var schedule = new SharedScheduleSimulation(Rate, seed: 7) { IsAway = true };
        schedule.Start(night: 6);
        schedule.Run(TimeSpan.FromSeconds(10));
        schedule.IsAway = false;
        var before = schedule.Sent.Count;

        schedule.Run(TimeSpan.FromSeconds(10));

        Assert.That(schedule.Sent.Count - before, Is.GreaterThan(7 * Rate));
    }

    /// <summary>The schedule begins anew from its new now; of the slots leased before some were not used yet.</summary>
    [TestCase(-30)]
    [TestCase(-1)]
    [TestCase(30)]
    public void Clock_of_the_schedule_that_is_set_makes_nobody_wait_for_its_old_time(double hours)
    {
        var interval = TimeSpan.FromSeconds(1.0 / Rate);
        var noon = new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
        var slots = new LeasedSlots(interval, processes: 1, noon);
        Take(slots, noon, TimeSpan.Zero);
        var later = TimeSpan.FromSeconds(0.5);

        Take(slots, noon.AddHours(hours) + later, later);

        Assert.That(slots.NextSlot(later, later), Is.InRange(later, later + TimeSpan.FromSeconds(0.5)));
    }

    /// <summary>Leases from now on, for a night that always waits.</summary>
    private static void Take(LeasedSlots slots, DateTimeOffset now, TimeSpan stopwatch)
    {
        var demand = slots.Demand(stopwatch, waiting: 20, persons: 0)!.Value;
        slots.Take(demand, new PermitAnswer(now, now, now + (demand.Interval * demand.Slots), Circuit: null), stopwatch, stopwatch);
    }
}
