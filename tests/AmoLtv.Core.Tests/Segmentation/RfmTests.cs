using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using static AmoLtv.Core.Tests.Segmentation.Bases;

namespace AmoLtv.Core.Tests.Segmentation;

public sealed class RfmTests
{
    [TestCase(5, "champions champions potentialLoyalists potentialLoyalists new")]
    [TestCase(4, "loyal loyal potentialLoyalists potentialLoyalists promising")]
    [TestCase(3, "loyal loyal needAttention aboutToSleep aboutToSleep")]
    [TestCase(2, "atRisk atRisk atRisk hibernating hibernating")]
    [TestCase(1, "cantLose cantLose hibernating lost lost")]
    public void A_group_follows_from_recency_and_frequency(int recency, string groups) =>
        Assert.That(
            new[] { 5, 4, 3, 2, 1 }.Select(frequency => SegmentCodes.Of(RfmGroups.Of(recency, frequency))),
            Is.EqualTo(groups.Split(' ')));

    [TestCase(0, 3)]
    [TestCase(6, 3)]
    [TestCase(3, 0)]
    [TestCase(3, 6)]
    public void A_score_is_1_to_5(int recency, int frequency) =>
        Assert.That(() => RfmGroups.Of(recency, frequency), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void There_are_eleven_groups_and_their_codes_are_those_of_json() =>
        Assert.That(
            Enum.GetValues<RfmGroup>().Select(group => $"\"{SegmentCodes.Of(group)}\""),
            Is.EqualTo(Enum.GetValues<RfmGroup>().Select(group => JsonSerializer.Serialize(group, SettingsJson.Options))).And.Exactly(11).Items);

    [Test]
    public void Ten_different_values_fall_two_by_two_into_fifths() =>
        Assert.That(Quintiles.Score([90, 10, 30, 20, 50, 40, 70, 60, 80, 100]), Is.EqualTo(new[] { 5, 1, 2, 1, 3, 2, 4, 3, 4, 5 }));

    [Test]
    public void Equal_values_share_the_score_of_their_middle() =>
        Assert.That(Quintiles.Score([1, 2, 2, 2, 2, 2, 2, 2, 2, 3]), Is.EqualTo(new[] { 1, 3, 3, 3, 3, 3, 3, 3, 3, 5 }));

    [TestCase(1)]
    [TestCase(7)]
    public void A_base_of_equals_scores_3(int clients) =>
        Assert.That(Quintiles.Score([.. Enumerable.Repeat(5m, clients)]), Is.EqualTo(Enumerable.Repeat(3, clients)));

    [Test]
    public void A_higher_value_never_scores_less_and_the_mirrored_scale_mirrors_the_scores() => ForAll(clients =>
    {
        decimal[] values = [.. clients.Select(client => client.HistoricalLtv)];
        var scores = Quintiles.Score(values);
        var mirrored = Quintiles.Score([.. values.Select(value => -value)]);
        var byValue = values.Zip(scores).OrderBy(pair => pair.First).ToList();
        return byValue.Zip(byValue.Skip(1)).All(pair => pair.First.First == pair.Second.First ? pair.First.Second == pair.Second.Second : pair.First.Second <= pair.Second.Second)
            && scores.Zip(mirrored).All(pair => pair.First + pair.Second == 6);
    });

    [Test]
    public void Frequency_goes_by_fifths_while_no_more_than_40_percent_have_one_purchase()
    {
        var fifths = Rfm(1, 1, 1, 1, 2, 3, 4, 5, 6, 7);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fifths.Frequency, Is.EqualTo(RfmRule.Quintiles));
            Assert.That(fifths.Scores.Select(score => score.Frequency), Is.EqualTo(new[] { 2, 2, 2, 2, 3, 3, 4, 4, 5, 5 }));
        }
    }

    [Test]
    public void Frequency_goes_by_1_2_3_4_to_6_and_7_when_over_40_percent_have_one_purchase()
    {
        var few = Rfm(1, 1, 1, 1, 1, 2, 3, 4, 6, 7, 30);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(few.Frequency, Is.EqualTo(RfmRule.FewPurchases));
            Assert.That(few.Scores.Select(score => score.Frequency), Is.EqualTo(new[] { 1, 1, 1, 1, 1, 2, 3, 4, 4, 5, 5 }));
            Assert.That(few.Recency, Is.EqualTo(RfmRule.Quintiles));
        }
    }

    [Test]
    public void The_admins_thresholds_go_before_both()
    {
        var settings = new RfmSettings { RecencyDays = [10, 20, 30, 40], Purchases = [2, 3, 5, 9], Value = [100, 200, 300, 400] };
        CustomerValuation[] clients =
        [
            Client(1, 400, purchases: 9, silentDays: 10),
            Client(2, 399.99m, purchases: 8, silentDays: 11),
            Client(3, 99.99m, purchases: 1, silentDays: 41),
            Client(4, 100, purchases: 2, silentDays: 40),
            Client(5, 0, purchases: 1, silentDays: 0),
        ];

        var rfm = RfmSegmentation.Of(clients, settings);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                rfm.Scores.Select(score => (score.Recency, score.Frequency, score.Monetary)),
                Is.EqualTo(new[] { (5, 5, 5), (4, 4, 4), (1, 1, 1), (2, 2, 2), (5, 1, 1) }));
            Assert.That(new[] { rfm.Recency, rfm.Frequency, rfm.Monetary }, Is.All.EqualTo(RfmRule.Thresholds));
        }
    }

    [Test]
    public void A_shorter_silence_scores_higher()
    {
        var rfm = RfmSegmentation.Of([.. Enumerable.Range(1, 5).Select(id => Client(id, 10, purchases: id, silentDays: 100 * id))], new RfmSettings());

        Assert.That(rfm.Scores.Select(score => score.Recency), Is.EqualTo(new[] { 5, 4, 3, 2, 1 }));
    }

    [Test]
    public void Contacts_of_companies_and_those_who_never_bought_have_no_scores()
    {
        var never = Client(3, null) with { Relationship = null };

        var rfm = RfmSegmentation.Of([Client(2, 10, scope: CustomerScope.DirectContact), Client(1, 10, scope: CustomerScope.Contact), never], new RfmSettings());

        Assert.That(rfm.Scores.Select(score => score.Key.Id), Is.EqualTo(new long[] { 2 }));
    }

    [Test]
    public void An_empty_base_has_no_scores() => Assert.That(RfmSegmentation.Of(Array.Empty<CustomerValuation>(), new RfmSettings()).Scores, Is.Empty);

    [Test]
    public void Order_of_clients_is_irrelevant() => ForAll(clients =>
        RfmSegmentation.Of(clients, new RfmSettings()).Scores.SequenceEqual(RfmSegmentation.Of(clients.AsEnumerable().Reverse(), new RfmSettings()).Scores));

    private static RfmSegmentation Rfm(params int[] purchases) =>
        RfmSegmentation.Of(purchases.Select((count, index) => Client(index + 1, 10, count)), new RfmSettings());
}
