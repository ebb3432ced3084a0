using System.Text.Json;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Segmentation;

/// <summary>Borders place every client where ranking the whole base places it, and a changed one without the others.</summary>
public sealed class SegmentBordersTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly AccountSettings[] Ways =
    [
        new(),
        new() { Tiers = new TierSettings { Rule = TierRule.Percentile } },
        new() { Tiers = new TierSettings { Rule = TierRule.Money, Tiers = [new("A", "A", "#000000", 1000), new("B", "B", "#000000", 100), new("C", "C", "#000000", null)] } },
        new() { Rfm = new RfmSettings { RecencyDays = [30, 60, 90, 365], Purchases = [2, 3, 5, 8], Value = [100, 300, 1000, 10_000] } },
    ];

    [TestCaseSource(nameof(Ways))]
    public void Borders_put_each_client_where_ranking_the_whole_base_puts_it(AccountSettings settings) => Bases.ForAll(valuations =>
    {
        var figures = valuations.ConvertAll(valuation => valuation.Figures);
        var borders = Kept(SegmentBorders.Of(figures, settings));
        var tiers = Standings.Of(figures, settings.Tiers).ToDictionary(standing => standing.Key, standing => standing.Tier);
        var scores = RfmSegmentation.Of(figures, settings.Rfm).Scores.ToDictionary(score => score.Key);
        return figures.Where(customer => customer.IsClient).All(client =>
            borders.SegmentsOf(client, settings, Today) is var segments && segments.Tier == tiers[client.Key] && segments.Rfm == scores[client.Key]);
    });

    [TestCase(500, "A")]
    [TestCase(30, "A", Description = "equal to the last of A, and its id is lower")]
    [TestCase("29.99", "B")]
    [TestCase(5, "B", Description = "equal to the last of B, and its id is lower")]
    [TestCase("4.99", "C")]
    [TestCase(0, "C")]
    public void A_client_that_changed_goes_where_it_would_stand(decimal ltv, string tier)
    {
        // Before the clients lie 0, 50, 80, 90, 95 percent: A to 30, B to the first 5.
        var borders = SegmentBorders.Of(
            new[] { 50m, 30, 10, 5, 5 }.Select((value, index) => Bases.Client(10 + index, value).Figures), new AccountSettings());

        Assert.That(borders.SegmentsOf(Bases.Client(1, ltv).Figures, new AccountSettings(), Today).Tier, Is.EqualTo(tier));
    }

    [Test]
    public void A_base_of_nobody_has_no_borders_and_takes_a_first_client_into_its_last_tier()
    {
        var borders = SegmentBorders.Of([], new AccountSettings());

        Assert.That(borders.SegmentsOf(Bases.Client(1, 100).Figures, new AccountSettings(), Today).Tier, Is.EqualTo("C"));
    }

    [Test]
    public void A_segment_says_until_when_silence_leaves_the_life_cycle_as_it_is()
    {
        var client = Bases.Client(1, 100, silentDays: 30, gap: 90).Figures;
        var segments = SegmentBorders.Of([client], new AccountSettings()).SegmentsOf(client, new AccountSettings(), Bases.AsOf);

        // Slipping after 1.5 gaps of 90 days: silent for 136 days.
        Assert.That(segments.LifecycleUntil, Is.EqualTo(Bases.AsOf.AddDays(136 - 30)));
    }

    /// <summary>As they come back from where they are kept.</summary>
    private static SegmentBorders Kept(SegmentBorders borders) =>
        JsonSerializer.Deserialize<SegmentBorders>(JsonSerializer.Serialize(borders, SettingsJson.Options), SettingsJson.Options)!;
}
