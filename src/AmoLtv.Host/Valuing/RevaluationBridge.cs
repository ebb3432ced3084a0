using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>Says of each customer why its headline moved: values it again with what has changed put back, step by step.</summary>
internal sealed class RevaluationBridge
{
    private readonly RevaluationInput _input;
    private readonly Dictionary<BridgeCauses, BaseValuer> _valuers = [];
    private readonly AccountRates _rates;
    private readonly LearnedBase _learned;
    private readonly BridgeCauses _shared;

    /// <param name="input">What the revaluation was computed from.</param>
    /// <param name="rates">With which.</param>
    /// <param name="learned">And by which learning.</param>
    public RevaluationBridge(RevaluationInput input, AccountRates rates, LearnedBase learned)
    {
        (_input, _rates, _learned) = (input, rates, learned);
        _shared = SharedCauses(input, rates, learned);
    }

    /// <summary>The bridge of a customer that has a result in force.</summary>
    public ValueBridge Of(CustomerHistory history, decimal? before, decimal? after)
    {
        var causes = _shared;
        if (_input.Stale.TryGetValue(history.Key, out var isBySettings))
        {
            causes |= isBySettings ? BridgeCauses.Settings : BridgeCauses.Purchases;
        }

        // What an older version stored says nothing of how it came about.
        return ValueBridge.Of(before, after, CanGoBack ? causes : BridgeCauses.Model, applied => ValuerOf(applied).LtvOf(history));
    }

    private bool CanGoBack => _input is { Before.Rates: not null, SettingsBefore: not null };

    private static BridgeCauses SharedCauses(RevaluationInput input, AccountRates rates, LearnedBase learned)
    {
        var causes = BridgeCauses.None;
        if (input.Before is { } before)
        {
            causes |= before.SettingsVersion != input.Account.SettingsVersion ? BridgeCauses.Settings : BridgeCauses.None;
            causes |= before.Rates != rates.Estimates || before.Learned?.Run != learned.Run ? BridgeCauses.Model : BridgeCauses.None;
            causes |= before.AsOf != input.AsOf ? BridgeCauses.Ageing : BridgeCauses.None;
        }

        return causes;
    }

    private BaseValuer ValuerOf(BridgeCauses applied)
    {
        // Purchases are in the history already: they call for no valuer of their own.
        var causes = applied & ~BridgeCauses.Purchases;
        lock (_valuers)
        {
            return _valuers.TryGetValue(causes, out var known) ? known : _valuers[causes] = CreateValuer(causes);
        }
    }

    private BaseValuer CreateValuer(BridgeCauses applied)
    {
        var before = _input.Before!;
        var areSettingsNew = applied.HasFlag(BridgeCauses.Settings);
        var settings = areSettingsNew ? _input.Account.Settings : _input.SettingsBefore!;
        var asOf = applied.HasFlag(BridgeCauses.Ageing) ? _input.AsOf : before.AsOf;
        if (applied.HasFlag(BridgeCauses.Model) || (areSettingsNew && Relearning.HaveInputsChanged(before, _input.Account, _input.SettingsBefore)))
        {
            // What the base says has changed, or the settings let other leads speak for it.
            return new BaseValuer(settings, _rates with { AsOf = asOf }, _learned.Parameters);
        }

        var isLifetimeNew = areSettingsNew && settings.Lifetime != _input.SettingsBefore!.Lifetime;
        var rates = isLifetimeNew ? before.Rates! with { Lifetime = _rates.Lifetime } : before.Rates!;
        return new BaseValuer(settings, AccountRates.From(rates, asOf, _rates.Channels), before.Learned?.Parameters);
    }
}
