using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Segmentation;

public sealed class StandingsTests
{
    [Test]
    public void A_tier_is_cut_by_the_share_that_lies_before_the_client()
    {
        // Before the clients lie 0, 50, 80, 90, 95 and 98 percent.
        Assert.That(Tiers(new TierSettings(), 50, 30, 10, 5, 3, 2), Is.EqualTo("AABBCC"));
    }

    [Test]
    public void One_client_that_is_nearly_everything_is_A_and_alone_there() =>
        Assert.That(Tiers(new TierSettings(), 90, 8, 2), Is.EqualTo("ABC"));

    [Test]
    public void A_tier_may_be_cut_by_percentile()
    {
        var settings = new TierSettings { Rule = TierRule.Percentile, Tiers = Cut(20, 50) };

        Assert.That(Tiers(settings, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1), Is.EqualTo("AABBBCCCCC"));
    }

    [Test]
    public void A_tier_may_be_cut_by_money()
    {
        var settings = new TierSettings { Rule = TierRule.Money, Tiers = Cut(1000, 100) };

        Assert.That(Tiers(settings, 1000, 999.99m, 100, 99.99m), Is.EqualTo("ABBC"));
    }

    [Test]
    public void Equal_clients_stand_by_id()
    {
        var standings = Standings.Of([Client(3, 10), Client(1, 10), Client(2, 10)], new TierSettings());

        Assert.That(standings.Select(standing => standing.Key.Id), Is.EqualTo(new long[] { 1, 2, 3 }));
    }

    [Test]
    public void Share_and_top_percent_are_of_the_base()
    {
        var standings = Standings.Of([Client(1, 60), Client(2, 40), Client(3, null), Client(4, -20)], new TierSettings());

        Assert.That(
            standings.Select(standing => (standing.Key.Id, standing.Rank, standing.TopPercent, standing.Share, standing.Tier)),
            Is.EqualTo(new (long, int, double, double, string)[] { (1, 1, 25, 0.6, "A"), (2, 2, 50, 0.4, "A"), (4, 3, 75, 0, "C"), (3, 4, 100, 0, "C") }));
    }

    [Test]
    public void A_base_without_value_is_all_in_the_last_tier() =>
        Assert.That(Tiers(new TierSettings(), 0, -5), Is.EqualTo("CC"));

    [Test]
    public void A_contact_of_a_company_has_no_place()
    {
        var contact = Client(1, 10) with { Key = new CustomerKey(CustomerScope.Contact, 1) };

        Assert.That(Standings.Of([contact, Client(2, 10)], new TierSettings()).Select(standing => standing.Key.Id), Is.EqualTo(new long[] { 2 }));
    }

    private static string Tiers(TierSettings settings, params decimal[] ltvs) =>
        string.Concat(Standings.Of(ltvs.Select((ltv, index) => Client(index + 1, ltv)), settings).Select(standing => standing.Tier));

    private static TierDefinition[] Cut(decimal first, decimal second) =>
        [new("A", "A", "#000000", first), new("B", "B", "#000000", second), new("C", "C", "#000000", null)];

    private static CustomerValuation Client(long id, decimal? ltv) => new()
    {
        Key = new CustomerKey(CustomerScope.Company, id),
        Purchases = 1,
        Revenue = ltv ?? 0,
        CreditNotes = 0,
        HistoricalLtv = ltv ?? 0,
        LifetimeYears = 3,
        Headline = new Headline(ltv, HeadlineKind.Formula, IsFloored: false),
        Relationship = new Relationship(new(2026, 1, 1), new(2026, 1, 1), new TypicalGap(90, GapSource.Assumed), new(2026, 2, 1)),
    };
}
