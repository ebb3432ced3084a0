using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using static AmoLtv.Core.Tests.Segmentation.Bases;

namespace AmoLtv.Core.Tests.Segmentation;

public sealed class SegmentTests
{
    [Test]
    public void A_transition_counts_clients_and_their_value_before_and_now()
    {
        var transitions = SegmentTransitions.Between(
            [Place(1, "A", 100), Place(2, "B", 50), Place(3, "B", 40), Place(4, "C", 5)],
            [Place(1, "A", 110), Place(2, "A", 90), Place(3, "B", 40), Place(5, "C", 7)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(transitions.Matrix, Is.EqualTo(new SegmentTransition[]
            {
                new(null, "C", 1, 0, 7),
                new("A", "A", 1, 100, 110),
                new("B", "A", 1, 50, 90),
                new("B", "B", 1, 40, 40),
                new("C", null, 1, 5, 0),
            }));
            Assert.That(transitions.Moves.Where(move => move.HasMoved).Select(move => move.Key.Id), Is.EqualTo(new long[] { 2, 4, 5 }));
        }
    }

    [Test]
    public void A_client_has_one_place_in_a_run() =>
        Assert.That(() => SegmentTransitions.Between([], [Place(1, "A", 1), Place(1, "B", 1)]), Throws.ArgumentException);

    [Test]
    public void The_matrix_sums_to_the_bases_before_and_now() => ForPairs((before, now) =>
    {
        var transitions = SegmentTransitions.Between(Tiers(before), Tiers(now));
        return transitions.Matrix.Sum(cell => cell.ValueBefore) == ValueOf(before)
            && transitions.Matrix.Sum(cell => cell.ValueNow) == ValueOf(now)
            && transitions.Matrix.Where(cell => cell.From is not null).Sum(cell => cell.Clients) == before.Count(IsInBase)
            && transitions.Matrix.Where(cell => cell.To is not null).Sum(cell => cell.Clients) == now.Count(IsInBase);
    });

    [Test]
    public void Looking_back_turns_the_matrix_round() => ForPairs((before, now) =>
        SegmentTransitions.Between(Tiers(before), Tiers(now)).Matrix
            .Select(cell => new SegmentTransition(cell.To, cell.From, cell.Clients, cell.ValueNow, cell.ValueBefore)).ToHashSet()
            .SetEquals(SegmentTransitions.Between(Tiers(now), Tiers(before)).Matrix));

    [Test]
    public void An_unchanged_base_moves_nobody() => ForAll(clients =>
        SegmentTransitions.Between(Tiers(clients), Tiers([.. clients.AsEnumerable().Reverse()])).Moves.All(move => !move.HasMoved && move.ValueBefore == move.ValueNow));

    [Test]
    public void A_summary_names_count_value_share_and_change()
    {
        var summary = SegmentSummary.Of(
            [Place(1, "A", 60), Place(2, "B", 30), Place(3, "B", 10)],
            [Place(1, "B", 50), Place(4, "C", 5)]);

        Assert.That(summary, Is.EqualTo(new SegmentSummary[]
        {
            new("A", 1, 60, 1 / 3.0, 0.6, 1, 60),
            new("B", 2, 40, 2 / 3.0, 0.4, 1, -10),
            new("C", 0, 0, 0, 0, -1, -5),
        }));
    }

    [Test]
    public void A_first_run_has_no_change_and_a_base_without_value_no_shares() =>
        Assert.That(SegmentSummary.Of([Place(1, "A", 0)], before: null), Is.EqualTo(new SegmentSummary[] { new("A", 1, 0, 1, 0, null, null) }));

    [Test]
    public void A_summary_serves_as_well_as_the_places_it_sums()
    {
        SegmentPlace[] before = [Place(1, "A", 10), Place(2, "B", 5)];
        SegmentPlace[] now = [Place(1, "A", 12), Place(2, "A", 7), Place(3, "C", 1)];
        // A segment that only had clients earlier stands in a summary with none.
        var summary = SegmentSummary.Of(before, [Place(9, "D", 3)]);

        Assert.That(SegmentSummary.Since(now, summary), Is.EqualTo(SegmentSummary.Of(now, before)));
        Assert.That(SegmentSummary.Since(now, before: null), Is.EqualTo(SegmentSummary.Of(now, before: null)));
    }

    [Test]
    public void However_the_base_is_cut_its_segments_sum_to_it() => ForAll(clients =>
    {
        IReadOnlyList<SegmentPlace>[] ways =
        [
            Tiers(clients),
            SegmentPlaces.ByRfm(clients, new RfmSettings()),
            SegmentPlaces.ByLifecycle(clients, AsOf, new LifecycleSettings()),
        ];
        return ways.All(places =>
        {
            var summary = SegmentSummary.Of(places, before: null);
            return summary.Sum(segment => segment.Value) == ValueOf(clients)
                && summary.Sum(segment => segment.Clients) == clients.Count(IsInBase)
                && (ValueOf(clients) == 0 || Math.Abs(summary.Sum(segment => segment.ValueShare) - 1) < 1e-9);
        });
    });

    private static IReadOnlyList<SegmentPlace> Tiers(List<CustomerValuation> clients) => SegmentPlaces.ByTier(clients, new TierSettings());

    private static SegmentPlace Place(long id, string segment, decimal value) => new(new CustomerKey(CustomerScope.Company, id), segment, value);
}
