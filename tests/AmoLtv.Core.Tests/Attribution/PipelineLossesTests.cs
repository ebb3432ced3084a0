using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace AmoLtv.Core.Tests.Attribution;

public sealed class PipelineLossesTests
{
    private static readonly Dictionary<CustomerKey, decimal> Values = Enumerable.Range(1, 8).ToDictionary(id => Company(id), id => id == 8 ? 0 : 100.01m * id);

    [Test]
    public void Lost_leads_are_counted_and_weighed_by_stage_and_by_reason()
    {
        var losses = PipelineLosses.Of([Lost(1, 2, 10, 5, 50), Lost(2, 2, 10, 6, null), Lost(3, 1, 11, 5, 70)], Values);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(losses.ByStage.Select(Text), Is.EqualTo(new[] { "10 2 50 1 200.02 200.02", "11 1 70 1 100.01 100.01" }));
            Assert.That(losses.ByReason.Select(Text), Is.EqualTo(new[] { "r5 2 120 2 300.03 200.02", "r6 1 0 1 200.02 100.01" }));
            Assert.That(losses.ByStageAndReason, Has.Count.EqualTo(3));
            Assert.That(losses.ByStage[0].Share, Is.EqualTo(2 / 3.0).Within(1e-12));
        }
    }

    [Test]
    public void A_client_that_refuses_ten_offers_weighs_as_much_as_its_value()
    {
        var losses = PipelineLosses.Of([.. Enumerable.Range(1, 10).Select(id => Lost(id, 1, 10, null, null)), Lost(11, 2, 11, null, null)], Values);

        Assert.That(losses.ByStage.Select(loss => (loss.Stage!.Value.Status.Value, loss.Weight)), Is.EqualTo(new[] { (11L, 200.02m), (10L, 100.01m) }));
    }

    [Test]
    public void Leads_of_nobody_or_of_those_who_never_bought_count_without_weight()
    {
        var losses = PipelineLosses.Of([Lost(1, null, 10, null, 5), Lost(2, 99, 10, null, 6), Lost(3, 8, 10, null, null)], Values);

        Assert.That(losses.ByStage.Select(Text), Is.EqualTo(new[] { "10 3 11 0 0 0" }));
    }

    [Test]
    public void Stage_and_reason_nobody_knows_are_a_row_of_their_own()
    {
        var losses = PipelineLosses.Of([Lost(1, 1, null, null, null), Lost(2, 2, 10, 5, null)], Values);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(losses.ByStage.Select(loss => loss.Stage), Is.EqualTo(new StageKey?[] { Leads.Stage(10), null }));
            Assert.That(losses.ByReason.Select(loss => loss.Reason), Is.EqualTo(new long?[] { 5, null }));
        }
    }

    [Test]
    public void Weights_sum_to_the_value_of_the_clients_that_lost_leads_and_order_is_irrelevant() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), seeds =>
            {
                var leads = seeds.Select((seed, index) => Random(new Random(seed), index + 1)).ToList();
                var losses = PipelineLosses.Of(leads, Values);
                var value = leads.Select(lead => lead.Client).Distinct().Sum(client => client is { } key ? Values.GetValueOrDefault(key) : 0);
                return new[] { losses.ByStage, losses.ByReason, losses.ByStageAndReason }.All(list =>
                        list.Sum(loss => loss.Weight) == value && list.Sum(loss => loss.Leads) == leads.Count && list.All(loss => loss.Weight <= loss.ClientsValue))
                    && PipelineLosses.Of(leads.AsEnumerable().Reverse(), Values).ByStageAndReason.SequenceEqual(losses.ByStageAndReason);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(120));

    private static LostLead Random(Random random, long id) => Lost(
        id, random.Next(6) == 0 ? null : random.Next(1, 12), random.Next(5) == 0 ? null : random.Next(10, 14), random.Next(3) == 0 ? null : random.Next(1, 4), random.Next(1000));

    private static LostLead Lost(long id, long? client, long? stage, long? reason, decimal? amount) => new(
        new LeadId(id), client is { } company ? Company(company) : null, stage is { } status ? Leads.Stage(status) : null, reason, amount);

    private static string Text(PipelineLoss loss) => FormattableString.Invariant(
        $"{(loss.Reason is { } reason ? "r" + reason : loss.Stage?.Status.ToString())} {loss.Leads} {loss.Amount:0.##} {loss.Clients} {loss.ClientsValue:0.##} {loss.Weight:0.##}");

    private static CustomerKey Company(long id) => new(CustomerScope.Company, id);
}
