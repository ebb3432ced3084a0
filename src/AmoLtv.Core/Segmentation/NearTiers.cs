using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>Which clients are close to the next tier, and how much each is missing.</summary>
public sealed class NearTiers
{
    private const decimal Kopeck = 0.01m;

    private readonly TierSettings _settings;
    private readonly IReadOnlyList<Standing> _standings;
    private readonly decimal[] _values;

    /// <summary>Value of so many clients from the top.</summary>
    private readonly decimal[] _sums;

    private NearTiers(IReadOnlyCollection<CustomerValuation> valuations, TierSettings settings)
    {
        var values = valuations.Where(value => value.Key.IsClient).ToDictionary(value => value.Key, Standings.ValueOf);
        _settings = settings;
        _standings = Standings.Of(valuations, settings);
        _values = [.. _standings.Select(standing => values[standing.Key])];
        _sums = new decimal[_values.Length + 1];
        for (var index = 0; index < _values.Length; index++)
        {
            _sums[index + 1] = _sums[index] + _values[index];
        }
    }

    /// <summary>
    /// The clients that would come into the next tier, or a better one, if their own LTV rose by at most
    /// <paramref name="closeness"/> of it and nothing else changed; by rank. Clients without value are close to nothing.
    /// </summary>
    /// <param name="valuations">The account's; contacts of companies are left out.</param>
    /// <param name="settings">Valid ones.</param>
    /// <param name="closeness">As a share of the client's LTV, above 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="closeness"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A client stands twice.</exception>
    public static IReadOnlyList<NearTierClient> Of(
        IReadOnlyCollection<CustomerValuation> valuations, TierSettings settings, decimal closeness = 0.1m)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(closeness);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(closeness, 1);
        return [.. new NearTiers(valuations, settings).Find(closeness)];
    }

    private IEnumerable<NearTierClient> Find(decimal closeness)
    {
        var places = _settings.Tiers.Select((tier, index) => (tier.Code, index)).ToDictionary(pair => pair.Code, pair => pair.index);
        for (var index = 0; index < _values.Length && _values[index] > 0; index++)
        {
            var tier = places[_standings[index].Tier];
            if (tier > 0 && MissingOf(index, _settings.Tiers[tier - 1], closeness) is { } missing)
            {
                yield return new NearTierClient(
                    _standings[index].Key, _settings.Tiers[tier].Code, _settings.Tiers[tier - 1].Code, _values[index], missing);
            }
        }
    }

    /// <summary>
    /// Under every rule a client that rises never falls out of a tier it has reached, so the least rise is found by halving.
    /// </summary>
    private decimal? MissingOf(int index, TierDefinition next, decimal closeness)
    {
        var (low, high) = (0m, Math.Floor(_values[index] * closeness / Kopeck));
        if (high < 1 || !Reaches(index, _values[index] + (high * Kopeck), next))
        {
            return null;
        }

        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            if (Reaches(index, _values[index] + (middle * Kopeck), next))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high * Kopeck;
    }

    private bool Reaches(int index, decimal value, TierDefinition tier)
    {
        if (_settings.Rule == TierRule.Money)
        {
            return value >= tier.Threshold;
        }

        var ahead = Ahead(index, value);
        return _settings.Rule == TierRule.Percentile
            ? ahead * 100 < tier.Threshold * _values.Length
            : _sums[ahead] * 100 < tier.Threshold * (_sums[^1] - _values[index] + value);
    }

    /// <summary>How many would stand before the client if it had this value, which is not below its own.</summary>
    private int Ahead(int index, decimal value)
    {
        var (from, to) = (0, index);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (_values[middle] > value || (_values[middle] == value && IsBefore(_standings[middle].Key, _standings[index].Key)))
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    private static bool IsBefore(CustomerKey one, CustomerKey other) =>
        one.Id != other.Id ? one.Id < other.Id : one.Scope < other.Scope;
}
