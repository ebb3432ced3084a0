namespace AmoLtv.Night;

[TestFixture]
public sealed class KillPlanTests
{
    [Test]
    public void Kills_come_as_the_night_goes_on_and_all_of_them_before_it_is_over()
    {
        var plan = new KillPlan(kills: 30, processes: 2, seed: 7);
        var places = new List<int>();
        for (var step = 0; step <= 100; step++)
        {
            while (plan.Next(step / 100.0) is { } place)
            {
                places.Add(place);
            }

            if (step == 50)
            {
                Assert.That(places, Has.Count.InRange(5, 25));
            }
        }

        Assert.That(plan.IsOver, Is.True);
        Assert.That(places, Has.Count.EqualTo(30));
        Assert.That(places, Does.Contain(0).And.Contain(1));
    }

    [Test]
    public void Same_seed_kills_the_same()
    {
        var (once, again, other) = (Places(11), Places(11), Places(12));

        Assert.That(again, Is.EqualTo(once));
        Assert.That(other, Is.Not.EqualTo(once));
    }

    private static List<int?> Places(int seed)
    {
        var plan = new KillPlan(kills: 20, processes: 2, seed);
        return [.. Enumerable.Range(0, 20).Select(_ => plan.Next(1))];
    }
}
