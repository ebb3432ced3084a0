using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

[TestFixture]
public sealed class WritePaceTests
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    [TestCase(10_000, ExpectedResult = 50)]
    [TestCase(300, ExpectedResult = 50)]
    [TestCase(60, ExpectedResult = 10)]
    [TestCase(1, ExpectedResult = 1)]
    public int Batch_is_a_sixth_of_a_minute_and_never_more_than_the_CRM_takes(int cardsPerMinute) => new WritePace(cardsPerMinute, TwoHours).BatchSize(50);

    [Test]
    public void Waiting_keeps_every_minute_within_the_rate([Values(1, 7, 60, 300, 10_000)] int cardsPerMinute)
    {
        var pace = new WritePace(cardsPerMinute, TwoHours);
        var batch = pace.BatchSize(50);
        var sentAt = new List<(TimeSpan At, int Cards)>();
        var elapsed = TimeSpan.Zero;
        var sent = 0L;
        while (elapsed < TimeSpan.FromMinutes(5))
        {
            elapsed += pace.Wait(sent, elapsed);
            sentAt.Add((elapsed, batch));
            sent += batch;
        }

        foreach (var (at, _) in sentAt)
        {
            // A batch stands for the time that follows it: within any minute there is one batch more at the most.
            var within = sentAt.Where(one => one.At >= at && one.At < at + TimeSpan.FromMinutes(1)).Sum(one => one.Cards);
            Assert.That(within, Is.LessThanOrEqualTo(cardsPerMinute + batch));
        }
    }

    [Test]
    public void Slow_CRM_is_not_waited_for_twice() =>
        Assert.That(new WritePace(60, TwoHours).Wait(10, TimeSpan.FromSeconds(25)), Is.EqualTo(TimeSpan.Zero));

    [Test]
    public void Run_ends_when_the_next_batch_would_begin_after_its_time()
    {
        var pace = new WritePace(1, TimeSpan.FromMinutes(1));

        Assert.That(pace.IsOver(0, TimeSpan.Zero), Is.False);
        Assert.That(pace.IsOver(1, TimeSpan.FromSeconds(2)), Is.True);
        Assert.That(new WritePace(1, TimeSpan.MaxValue).IsOver(1_000_000, TimeSpan.FromDays(9)), Is.False);
    }
}
