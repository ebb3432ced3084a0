using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>Values the customers of an input, cuts the base they belong to, and finds what is other than stored. Pure.</summary>
internal sealed class BaseRevaluation
{
    private readonly RevaluationInput _input;
    private readonly AccountRates _rates;
    private readonly LearnedBase _learned;
    private readonly CustomerValuation[] _valuations;
    private readonly List<CustomerFigures> _figures;
    private readonly Dictionary<CustomerKey, StoredSegments> _segments;

    private BaseRevaluation(RevaluationInput input, AccountRates rates, LearnedBase learned)
    {
        (_input, _rates, _learned) = (input, rates, learned);
        _valuations = new BaseValuer(input.Account.Settings, rates, learned.Parameters).ValueAll(input.Histories);
        _figures = FiguresOfAll();
        _segments = ClientSegments.Of(_figures, input.Account.Settings, input.Today)
            .ToDictionary(entry => entry.Key, entry => StoredSegments.Of(entry.Value));
    }

    public static RevaluedBase Of(RevaluationInput input, AccountRates rates, LearnedBase learned) =>
        new BaseRevaluation(input, rates, learned).Compare();

    private List<CustomerFigures> FiguresOfAll()
    {
        if (_input.IsWhole)
        {
            return [.. _valuations.Select(valuation => valuation.Figures)];
        }

        // In the order of a whole revaluation, so that sums come out the same to the last bit: both are ordered by scope and id.
        var merged = new List<CustomerFigures>(_input.Stored.Count + _valuations.Length);
        var next = 0;
        foreach (var kept in _input.Stored.Values.Where(IsKept))
        {
            for (; next < _valuations.Length && IsBefore(_valuations[next].Key, kept.Figures.Key); next++)
            {
                merged.Add(_valuations[next].Figures);
            }

            merged.Add(kept.Figures);
        }

        merged.AddRange(_valuations.Skip(next).Select(valuation => valuation.Figures));
        return merged;
    }

    private static bool IsBefore(CustomerKey one, CustomerKey other) =>
        one.Scope != other.Scope ? one.Scope < other.Scope : one.Id < other.Id;

    private bool IsKept(StoredResult result) => !_input.Stale.ContainsKey(result.Figures.Key);

    private RevaluedBase Compare()
    {
        var settings = _input.Account.Settings;
        var begun = Begun();
        var ended = Ended(begun);
        var moved = Moved();
        var vanished = ended.Count - begun.Count(result => _input.Stored.ContainsKey(result.Valuation.Key));
        return new RevaluedBase
        {
            Account = AccountValuation.Of(_rates, AccountDays.PeriodStart(_rates.AsOf, settings.PeriodMonths), _input.Leads, _figures),
            Rates = _rates,
            Ladder = ValueLadder.Of(_figures),
            SettingsVersion = _input.Account.SettingsVersion,
            Learned = _learned,
            ChangedSince = _learned.Run == _input.Before?.Learned?.Run ? _input.ChangedSince : 0,
            Begun = begun,
            Ended = ended,
            Moved = moved,
            Transitions = Transitions(),
            Customers = _figures.Count,
            Changed = begun.Count + moved.Count + vanished,
        };
    }

    private List<NewResult> Begun()
    {
        var bridge = new RevaluationBridge(_input, _rates, _learned);
        var results = new NewResult?[_valuations.Length];
        Parallel.For(0, results.Length, index =>
        {
            var valuation = _valuations[index];
            var digest = ResultDigest.Of(valuation);
            var segments = SegmentsOf(valuation.Key);
            var stored = _input.Stored.GetValueOrDefault(valuation.Key);
            if (stored is null)
            {
                results[index] = new NewResult(valuation, digest, segments, ValueBridge.OfNewcomer(valuation.Ltv));
            }
            else if (stored.Digest != digest || stored.Segments != segments)
            {
                results[index] = new NewResult(
                    valuation, digest, segments, bridge.Of(_input.Histories[index], stored.Figures.Ltv, valuation.Ltv));
            }
        });
        return [.. results.OfType<NewResult>()];
    }

    /// <summary>Rows that another takes the place of, and rows of customers whose purchases are gone.</summary>
    private List<CustomerKey> Ended(List<NewResult> begun)
    {
        var valued = _valuations.Select(valuation => valuation.Key).ToHashSet();
        var asked = _input.IsWhole ? _input.Stored.Keys : _input.Stale.Keys.Where(_input.Stored.ContainsKey);
        return
        [
            .. begun.Select(result => result.Valuation.Key).Where(_input.Stored.ContainsKey),
            .. asked.Where(key => !valued.Contains(key)),
        ];
    }

    private List<(CustomerKey Key, StoredSegments Segments)> Moved()
    {
        var moved = new List<(CustomerKey, StoredSegments)>();
        if (!_input.IsWhole)
        {
            foreach (var stored in _input.Stored.Values.Where(IsKept))
            {
                if (SegmentsOf(stored.Figures.Key) is { } segments && segments != stored.Segments)
                {
                    moved.Add((stored.Figures.Key, segments));
                }
            }
        }

        return moved;
    }

    private Dictionary<string, IReadOnlyList<SegmentTransition>> Transitions()
    {
        if (_input.Before is { Rates: null })
        {
            // Of results older than segments nobody knows where clients come from.
            return [];
        }

        var (tiers, groups, states) = (new SegmentMoveTally(), new SegmentMoveTally(), new SegmentMoveTally());
        var now = _figures.Where(customer => customer.IsClient).ToDictionary(client => client.Key, client => client.Value);
        foreach (var key in now.Keys.Union(_input.Stored.Keys))
        {
            var stored = _input.Stored.GetValueOrDefault(key);
            var (from, to) = (stored?.Segments, SegmentsOf(key));
            if (from is not null || to is not null)
            {
                var (before, after) = (from is null ? 0 : stored!.Figures.Value, now.GetValueOrDefault(key));
                tiers.Add(from?.Tier, to?.Tier, before, after);
                groups.Add(from?.RfmGroup, to?.RfmGroup, before, after);
                states.Add(from?.Lifecycle, to?.Lifecycle, before, after);
            }
        }

        return new(StringComparer.Ordinal) { ["tier"] = tiers.Matrix, ["rfm"] = groups.Matrix, ["lifecycle"] = states.Matrix };
    }

    private StoredSegments? SegmentsOf(CustomerKey key) => _segments.GetValueOrDefault(key);
}
