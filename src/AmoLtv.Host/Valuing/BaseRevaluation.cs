using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>Values the customers of an input, places them in the base they belong to, and finds what is other than stored. Pure.</summary>
internal sealed class BaseRevaluation
{
    private readonly RevaluationInput _input;
    private readonly AccountRates _rates;
    private readonly LearnedBase _learned;
    private readonly CustomerValuation[] _valuations;
    private readonly CustomerFigures[] _figures;
    private readonly SegmentBorders _borders;
    private readonly StoredSegments?[] _segments;

    private BaseRevaluation(RevaluationInput input, AccountRates rates, LearnedBase learned)
    {
        (_input, _rates, _learned) = (input, rates, learned);
        _valuations = new BaseValuer(input.Account.Settings, rates, learned.Parameters).ValueAll(input.Histories);
        _figures = Array.ConvertAll(_valuations, valuation => valuation.Figures);
        _borders = input.Borders ?? SegmentBorders.Of(_figures, input.Account.Settings);
        _segments = SegmentsOfAll();
    }

    public static RevaluedBase Of(RevaluationInput input, AccountRates rates, LearnedBase learned) =>
        new BaseRevaluation(input, rates, learned).Compare();

    private StoredSegments?[] SegmentsOfAll()
    {
        var segments = new StoredSegments?[_figures.Length];
        Parallel.For(0, segments.Length, index =>
        {
            if (_figures[index] is { IsClient: true } client)
            {
                segments[index] = StoredSegments.Of(_borders.SegmentsOf(client, _input.Account.Settings, _input.Today));
            }
        });
        return segments;
    }

    private RevaluedBase Compare()
    {
        var begun = Begun();
        var begunKeys = begun.Select(result => result.Valuation.Key).ToHashSet();
        var valued = _figures.Select(customer => customer.Key).ToHashSet();
        var ended = _input.Stored.Keys.Where(key => begunKeys.Contains(key) || !valued.Contains(key)).ToList();
        var totals = Totals();
        return new RevaluedBase
        {
            Account = AccountValuation.Of(_rates, PeriodStart, _input.Leads, totals),
            Rates = _rates,
            Ladder = _input.IsWhole ? ValueLadder.Of(_figures) : null,
            Totals = totals,
            Borders = _borders,
            Today = _input.Today,
            SettingsVersion = _input.Account.SettingsVersion,
            Learned = _learned,
            ChangedSince = _learned.Run == _input.Before?.Learned?.Run ? _input.ChangedSince : 0,
            Begun = begun,
            Ended = ended,
            Kept = _input.IsWhole ? [.. _input.Stored.Keys.Except(ended)] : null,
            Runs = _input.Stored.Values.Select(stored => stored.FromRun).ToHashSet(),
            Transitions = SegmentChanges.Of(_input, _figures, _segments),
            Changed = begun.Count + _input.Stored.Keys.Count(key => !valued.Contains(key)),
        };
    }

    private DateOnly? PeriodStart => AccountDays.PeriodStart(_rates.AsOf, _input.Account.Settings.PeriodMonths);

    private ClientTotals Totals()
    {
        ClientTotals Of(IReadOnlyCollection<CustomerFigures> customers) => ClientTotals.Of(customers, _rates.Lifetime.Years, PeriodStart);

        var valued = Of(_figures);
        return _input.IsWhole ? valued : _input.Before!.Totals!.Replace(Of([.. _input.Stored.Values.Select(stored => stored.Figures)]), valued);
    }

    private List<NewResult> Begun()
    {
        var bridge = new RevaluationBridge(_input, _rates, _learned);
        var results = new NewResult?[_valuations.Length];
        Parallel.For(0, results.Length, index =>
        {
            var (valuation, segments) = (_valuations[index], _segments[index]);
            var digest = ResultDigest.Of(valuation);
            if (!_input.Stored.TryGetValue(valuation.Key, out var stored))
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
}
