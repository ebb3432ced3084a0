using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Segmentation;

public sealed class LifecycleTests
{
    private static readonly DateOnly Last = new(2026, 1, 1);

    [TestCase(0, LifecycleState.Active)]
    [TestCase(150, LifecycleState.Active)]
    [TestCase(151, LifecycleState.Slipping)]
    [TestCase(250, LifecycleState.Slipping)]
    [TestCase(251, LifecycleState.Dormant)]
    [TestCase(400, LifecycleState.Dormant)]
    [TestCase(401, LifecycleState.Lost)]
    [TestCase(4000, LifecycleState.Lost)]
    public void The_worst_state_that_silence_has_reached_wins(int silentDays, LifecycleState state) =>
        Assert.That(Of(Known(gap: 100), silentDays), Is.EqualTo(state));

    [TestCase(0, LifecycleState.New)]
    [TestCase(150, LifecycleState.New)]
    [TestCase(151, LifecycleState.Slipping)]
    [TestCase(401, LifecycleState.Lost)]
    public void A_client_of_one_purchase_day_is_new_until_it_slips(int silentDays, LifecycleState state) =>
        Assert.That(Of(Known(gap: 100) with { First = Last }, silentDays), Is.EqualTo(state));

    [Test]
    public void Each_client_is_judged_by_its_own_rhythm()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(Known(gap: 10), 60), Is.EqualTo(LifecycleState.Lost));
            Assert.That(Of(Known(gap: 60), 60), Is.EqualTo(LifecycleState.Active));
        }
    }

    [Test]
    public void Half_a_day_of_a_gap_counts()
    {
        using (Assert.EnterMultipleScope())
        {
            // 1.5 × 10.5 = 15.75 days.
            Assert.That(Of(Known(gap: 10.5), 15), Is.EqualTo(LifecycleState.Active));
            Assert.That(Of(Known(gap: 10.5), 16), Is.EqualTo(LifecycleState.Slipping));
        }
    }

    [Test]
    public void The_factors_may_be_edited()
    {
        var settings = new LifecycleSettings { SlippingAfterGaps = 2, DormantAfterGaps = 3, LostAfterGaps = 5 };

        Assert.That(
            new[] { 200, 201, 300, 301, 500, 501 }.Select(days => Lifecycle.Of(Known(100), Last.AddDays(days), settings)),
            Is.EqualTo(new[]
            {
                LifecycleState.Active, LifecycleState.Slipping, LifecycleState.Slipping,
                LifecycleState.Dormant, LifecycleState.Dormant, LifecycleState.Lost,
            }));
    }

    [Test]
    public void A_state_goes_by_the_day_not_by_the_as_of_month()
    {
        var relationship = Known(100) with { AsOf = Last };

        Assert.That(Of(relationship, 401), Is.EqualTo(LifecycleState.Lost));
    }

    [Test]
    public void A_purchase_still_to_come_is_no_silence() =>
        Assert.That(Of(Known(gap: 7), -30), Is.EqualTo(LifecycleState.Active));

    [Test]
    public void By_default_a_lost_client_is_the_one_whose_lifetime_has_ended() =>
        Assert.That(new LifecycleSettings().LostAfterGaps, Is.EqualTo(Relationship.LostAfterGaps));

    [Test]
    public void A_state_worsens_on_the_day_foretold_and_not_before()
    {
        var settings = new LifecycleSettings();
        foreach (var gap in new[] { 7, 10.5, 33, 100.25 })
        {
            var relationship = Known(gap);
            for (var day = Last; Lifecycle.WorsensOn(relationship, day, settings) is { } next; day = next)
            {
                var before = Lifecycle.Of(relationship, next.AddDays(-1), settings);
                Assert.That(before, Is.EqualTo(Lifecycle.Of(relationship, day, settings)));
                Assert.That(Lifecycle.Of(relationship, next, settings), Is.GreaterThan(before));
            }
        }
    }

    [Test]
    public void A_gap_beyond_the_calendar_foretells_nothing() =>
        Assert.That(Lifecycle.WorsensOn(Known(3_000_000), Last, new LifecycleSettings()), Is.Null);

    [Test]
    public void Silence_never_betters_a_state_and_a_slower_rhythm_never_worsens_it() => Bases.ForAll(clients =>
        clients.Select(client => client.Relationship).OfType<Relationship>().All(relationship =>
        {
            var slower = relationship with { Gap = relationship.Gap with { Days = relationship.Gap.Days * 1.3 } };
            return Enumerable.Range(0, 40).All(step =>
            {
                var today = relationship.Last.AddDays(step * 25);
                var state = Lifecycle.Of(relationship, today, new LifecycleSettings());
                return Lifecycle.Of(relationship, today.AddDays(25), new LifecycleSettings()) >= state
                    && Lifecycle.Of(slower, today, new LifecycleSettings()) <= state;
            });
        }));

    private static LifecycleState Of(Relationship relationship, int silentDays) =>
        Lifecycle.Of(relationship, Last.AddDays(silentDays), new LifecycleSettings());

    private static Relationship Known(double gap) => new(Last.AddYears(-2), Last, new TypicalGap(gap, GapSource.Own), Last.AddDays(30));
}
