using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Tests.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Attribution;

public sealed class ChannelResultsTests
{
    [Test]
    public void A_channel_is_judged_by_its_clients_value_and_cost()
    {
        var ads = ChannelResults.Of([Client(1, 900, "ads", 100, 3), Client(2, 300, "ads", 300, null)], [], targetRatio: 3).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ads.Channel, ads.Clients, ads.Value), Is.EqualTo(("ads", 2, 1200m)));
            Assert.That(ads.Ltv, Is.EqualTo(new MeanValue(2, 600, null)));
            Assert.That(ads.Cac, Is.EqualTo(200));
            Assert.That(ads.LtvToCac, Is.EqualTo(3));
            Assert.That(ads.AllowableCac, Is.EqualTo(200));
            Assert.That((ads.HeadroomPerClient, ads.Headroom), Is.EqualTo((0m, 0m)));
        }
    }

    [Test]
    public void Headroom_is_what_may_still_be_invested_and_is_negative_where_too_much_is_spent()
    {
        var results = ChannelResults.Of([Client(1, 900, "ads", 100, 3), Client(2, 900, "fair", 450, null)], [], targetRatio: 3);

        Assert.That(results.Select(result => (result.Channel, result.AllowableCac, result.Headroom)), Is.EqualTo(new[] { ("ads", 300m, 200m), ("fair", 300m, -150m) }));
    }

    [Test]
    public void Cost_and_value_are_of_the_same_clients()
    {
        var ads = ChannelResults.Of([Client(1, 900, "ads", 100, 1), Client(2, 5000, "ads", null, null)], [], targetRatio: 3).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ads.LtvToCac, Is.EqualTo(9));
            Assert.That((ads.ClientsWithCac, ads.Clients), Is.EqualTo((1, 2)));
        }
    }

    [TestCase(new[] { 1, 5, 9 }, 5)]
    [TestCase(new[] { 1, 5, 9, 20 }, 7)]
    [TestCase(new[] { 1, 5, -1 }, 5)]
    public void Payback_is_the_median_with_those_not_yet_paid_back_last(int[] months, double median) =>
        Assert.That(Payback(months), Is.EqualTo(median));

    [TestCase(new[] { 1, -1 })]
    [TestCase(new[] { 1, -1, -1 })]
    public void Payback_is_unknown_until_half_have_paid_back(int[] months) => Assert.That(Payback(months), Is.Null);

    [Test]
    public void A_channel_without_known_cost_has_no_ratio()
    {
        var mail = ChannelResults.Of([Client(1, 900, "mail", null, null)], [], targetRatio: 3).Single();

        Assert.That((mail.Cac, mail.LtvToCac, mail.PaybackMonths, mail.Headroom, mail.AllowableCac), Is.EqualTo((default(decimal?), default(double?), default(double?), default(decimal?), 300m)));
    }

    [Test]
    public void Case_and_spaces_do_not_make_another_channel_and_no_channel_stands_last()
    {
        var results = ChannelResults.Of([Client(1, 1, "Ads", null, null), Client(2, 1, "ads ", null, null), Client(3, 1, "ads", null, null), Client(4, 99, null, null, null)], [], 3);

        Assert.That(results.Select(result => (result.Channel, result.Clients)), Is.EqualTo(new[] { ("ads", 3), (null, 1) }));
    }

    [Test]
    public void Spend_that_brought_no_client_is_a_channel_too()
    {
        ChannelSpend[] spend = [new("ADS", new(2026, 1, 1), 100), new("ads", new(2026, 2, 1), 50), new("radio", new(2026, 1, 1), 70)];

        var results = ChannelResults.Of([Client(1, 900, "ads", 100, 1), Client(2, 900, null, null, null)], spend, 3);

        Assert.That(
            results.Select(result => (result.Channel, result.Clients, result.Spend, result.AllowableCac)),
            Is.EqualTo(new (string?, int, decimal?, decimal?)[] { ("ads", 1, 150, 300), ("radio", 0, 70, null), (null, 1, null, 300) }));
    }

    [Test]
    public void A_target_is_above_0() => Assert.That(() => ChannelResults.Of([], [], 0), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Channels_sum_to_the_base_and_order_is_irrelevant() => Bases.ForAll(clients =>
    {
        var split = clients.ConvertAll(client => client with { Channel = (client.Key.Id % 4) switch { 0 => null, 1 => "ads", 2 => "Fair", _ => "mail" }, Cac = client.Key.Id % 3 == 0 ? 10 : null });
        var results = ChannelResults.Of(split, [], 3);
        return results.Sum(result => result.Value) == Bases.ValueOf(clients)
            && results.Sum(result => result.Clients) == clients.Count(Bases.IsInBase)
            && results.SequenceEqual(ChannelResults.Of(split.AsEnumerable().Reverse(), [], 3));
    });

    [Test]
    public void A_stricter_target_never_allows_more() => Bases.ForAll(clients =>
        ChannelResults.Of(clients, [], 2).Zip(ChannelResults.Of(clients, [], 4)).All(pair => pair.First.AllowableCac >= pair.Second.AllowableCac && (pair.First.PrudentCac ?? 0) >= (pair.Second.PrudentCac ?? 0)));

    [Test]
    public void A_mean_of_symmetric_sums_has_students_interval()
    {
        // 1 to 9: mean 5, deviation 2.7386, error 0.91287, t of 8 degrees 2.306: 5 ± 2.105.
        var mean = MeanValue.Of([.. Enumerable.Range(1, 9).Select(sum => (decimal)sum)]);

        Assert.That(mean, Is.EqualTo(new MeanValue(9, 5, new MoneyInterval(2.89m, 7.11m))));
    }

    [Test]
    public void A_few_large_sums_pull_the_upper_end()
    {
        var interval = MeanValue.Of([10, 10, 10, 10, 10, 10, 10, 10, 10, 1000]).Interval!.Value;

        Assert.That(interval.High - 109, Is.GreaterThan(109 - interval.Low));
    }

    [Test]
    public void Few_sums_have_a_mean_and_no_interval_and_none_have_neither()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MeanValue.Of([1, 2, 3, 4]), Is.EqualTo(new MeanValue(4, 2.5m, null)));
            Assert.That(MeanValue.Of([]), Is.EqualTo(new MeanValue(0, 0, null)));
            Assert.That(MeanValue.Of([7, 7, 7, 7, 7]), Is.EqualTo(new MeanValue(5, 7, new MoneyInterval(7, 7))));
        }
    }

    [Test]
    public void Intervals_of_skewed_sums_cover_the_mean_about_as_often_as_they_say()
    {
        var random = new Random(20261121);
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            var interval = MeanValue.Of([.. Enumerable.Range(0, 60).Select(_ => (decimal)(-1000 * Math.Log(1 - random.NextDouble())))]).Interval!.Value;
            return interval.Low <= 1000 && interval.High >= 1000;
        });

        Assert.That(covered / 2000.0, Is.InRange(0.93, 0.97));
    }

    private static double? Payback(int[] months) =>
        ChannelResults.Of(months.Select((month, index) => Client(index + 1, 10, "ads", 5, month < 0 ? null : month)), [], 3).Single().PaybackMonths;

    private static CustomerValuation Client(long id, decimal ltv, string? channel, decimal? cac, int? payback) =>
        Bases.Client(id, ltv) with { Channel = channel, Cac = cac, PaybackMonths = payback };
}
