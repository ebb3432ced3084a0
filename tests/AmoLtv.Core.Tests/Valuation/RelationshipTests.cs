using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Valuation;

public sealed class RelationshipTests
{
    private static readonly DateOnly AsOf = new(2026, 11, 1);
    private static readonly TypicalGap Month = new(30, GapSource.Account);

    [Test]
    public void A_living_client_has_its_relationship_up_to_the_date()
    {
        var relationship = new Relationship(new(2025, 3, 1), new(2026, 10, 1), Month, AsOf);

        Assert.That((relationship.IsLost, relationship.Months), Is.EqualTo((false, 20)));
    }

    [Test]
    public void A_lost_client_has_it_up_to_one_gap_after_its_last_purchase()
    {
        var relationship = new Relationship(new(2025, 3, 1), new(2026, 6, 2), Month, AsOf);

        Assert.That((relationship.IsLost, relationship.Months), Is.EqualTo((true, 16)));
    }

    [TestCase(120, false)]
    [TestCase(121, true)]
    public void A_client_is_lost_when_silent_for_longer_than_four_gaps(int days, bool isLost) =>
        Assert.That(new Relationship(AsOf.AddDays(-500), AsOf.AddDays(-days), Month, AsOf).IsLost, Is.EqualTo(isLost));

    [Test]
    public void Losses_are_seen_at_the_last_purchase_plus_a_gap_the_others_followed_until_three_gaps_ago()
    {
        var lost = new Relationship(AsOf.AddDays(-1000), AsOf.AddDays(-600), Month, AsOf).Observe();
        var alive = new Relationship(AsOf.AddDays(-1000), AsOf.AddDays(-60), Month, AsOf).Observe();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lost, Is.EqualTo(new Observation(430 / 365.25, IsLost: true)));
            Assert.That(alive, Is.EqualTo(new Observation(910 / 365.25, IsLost: false)));
        }
    }

    [Test]
    public void A_client_of_less_than_three_gaps_says_nothing_about_lifetimes() =>
        Assert.That(new Relationship(AsOf.AddDays(-90), AsOf.AddDays(-1), Month, AsOf).Observe(), Is.Null);

    [Test]
    public void A_gap_is_the_customers_own_median_when_it_bought_on_three_days()
    {
        var gap = TypicalGap.Of(History(0, 10, 40, 100), Month);

        Assert.That(gap, Is.EqualTo(new TypicalGap(30, GapSource.Own)));
    }

    [Test]
    public void A_gap_is_the_accounts_when_it_bought_on_fewer() =>
        Assert.That(TypicalGap.Of(History(0, 10), Month), Is.EqualTo(Month));

    [Test]
    public void A_gap_is_at_least_a_week() =>
        Assert.That(TypicalGap.Of(History(0, 1, 2), Month).Days, Is.EqualTo(7));

    [Test]
    public void The_accounts_gap_is_the_median_of_its_clients_medians()
    {
        var gap = TypicalGap.OfAccount([History(0, 10, 20), History(0, 40, 80), History(0, 500), History(0, 60, 120)]);

        Assert.That(gap, Is.EqualTo(new TypicalGap(40, GapSource.Account)));
    }

    [Test]
    public void The_accounts_gap_is_assumed_when_nobody_bought_on_three_days() =>
        Assert.That(TypicalGap.OfAccount([History(0, 500)]), Is.EqualTo(new TypicalGap(90, GapSource.Assumed)));

    private static CustomerHistory History(params int[] days) => new()
    {
        Key = new CustomerKey(CustomerScope.Company, 1),
        PurchaseDays = [.. days.Select(day => new DateOnly(2026, 1, 1).AddDays(day))],
    };
}
