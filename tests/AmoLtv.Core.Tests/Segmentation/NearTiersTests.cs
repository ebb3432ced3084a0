using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using static AmoLtv.Core.Tests.Segmentation.Bases;

namespace AmoLtv.Core.Tests.Segmentation;

public sealed class NearTiersTests
{
    private static readonly TierSettings[] Rules =
    [
        new(),
        new() { Rule = TierRule.Percentile, Tiers = Cut(20, 50) },
        new() { Rule = TierRule.Money, Tiers = Cut(1000, 100) },
    ];

    [Test]
    public void By_money_a_client_misses_the_rest_to_the_threshold() =>
        Assert.That(Near(Rules[2], 0.1m, 950, 899, 95, 90.90m), Is.EqualTo(new[] { (1L, "B", "A", 50m), (3L, "C", "B", 5m) }));

    [Test]
    public void By_percentile_a_client_misses_what_overtakes_the_last_of_the_next_tier() =>
        // Two of ten are A: the third has to overtake the second, and loses a tie by its id.
        Assert.That(
            Near(Rules[1], 0.1m, 100, 99, 95, 60, 50, 40, 30, 20, 10, 5).First(),
            Is.EqualTo((3L, "B", "A", 4.01m)));

    [Test]
    public void By_percentile_a_tie_won_by_id_is_enough()
    {
        var clients = new[] { Client(2, 100), Client(3, 99), Client(1, 95), Client(4, 10), Client(5, 9), Client(6, 8), Client(7, 7), Client(8, 6), Client(9, 5), Client(10, 4) };

        Assert.That(NearTiers.Of(clients, Rules[1])[0].Missing, Is.EqualTo(4));
    }

    [Test]
    public void By_share_the_rise_itself_makes_the_base_larger() =>
        // 80 of 99 lie before the second; before 100.01 the same 80 are under 80 percent.
        Assert.That(Near(Rules[0], 0.1m, 80, 19), Is.EqualTo(new[] { (2L, "B", "A", 1.01m) }));

    [Test]
    public void A_client_without_value_is_close_to_nothing() => Assert.That(NearTiers.Of([Client(1, 0), Client(2, -5), Client(3, null)], Rules[2], 1), Is.Empty);

    [TestCase(0)]
    [TestCase(1.5)]
    public void Closeness_is_a_share(double closeness) =>
        Assert.That(() => NearTiers.Of([], Rules[0], (decimal)closeness), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void What_is_missing_is_enough_and_a_kopeck_less_is_not(int rule) => ForAll(clients =>
    {
        var settings = Rules[rule];
        return NearTiers.Of(clients, settings, 0.5m).All(near =>
            Place(clients, near, near.Missing, settings) <= IndexOf(near.NextTier) && Place(clients, near, near.Missing - 0.01m, settings) == IndexOf(near.Tier));
    });

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Whoever_would_rise_by_half_as_much_again_is_listed(int rule) => ForAll(clients =>
    {
        var settings = Rules[rule];
        var listed = NearTiers.Of(clients, settings, 0.5m).ToDictionary(near => near.Key);
        return Standings.Of(clients, settings).All(standing =>
        {
            var client = clients.Single(one => one.Key == standing.Key);
            if (Standings.ValueOf(client) <= 0)
            {
                return !listed.ContainsKey(client.Key);
            }

            var near = new NearTierClient(client.Key, standing.Tier, "", client.Ltv!.Value, 0);
            var risen = Place(clients, near, Math.Floor(client.Ltv.Value * 50) / 100, settings);
            return listed.ContainsKey(client.Key) == (risen < IndexOf(standing.Tier));
        });
    });

    private static int Place(List<CustomerValuation> clients, NearTierClient near, decimal rise, TierSettings settings)
    {
        var risen = clients.ConvertAll(client => client.Key == near.Key ? client with { Headline = client.Headline with { Ltv = near.Ltv + rise } } : client);
        return IndexOf(Standings.Of(risen, settings).Single(standing => standing.Key == near.Key).Tier);
    }

    private static int IndexOf(string tier) => "ABC".IndexOf(tier, StringComparison.Ordinal);

    private static IEnumerable<(long, string, string, decimal)> Near(TierSettings settings, decimal closeness, params decimal[] ltvs) =>
        NearTiers.Of([.. ltvs.Select((ltv, index) => Client(index + 1, ltv))], settings, closeness)
            .Select(near => (near.Key.Id, near.Tier, near.NextTier, near.Missing));

    private static TierDefinition[] Cut(decimal first, decimal second) =>
        [new("A", "A", "#000000", first), new("B", "B", "#000000", second), new("C", "C", "#000000", null)];
}
