using System.Text.Json;
using AmoLtv.Sandbox.Generation;

namespace AmoLtv.Sandbox.Control;

/// <summary>
/// Failures that are still to happen. Whether the n-th request that matches a rule is struck follows from the seed, the
/// rule's place and n alone. What was struck stays counted until the statistics of faults are cleared.
/// </summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];
    private readonly SortedDictionary<string, int> _met = new(StringComparer.Ordinal);
    private int _seed;

    /// <summary>Adds a failure to those there are.</summary>
    public void Order(Fault fault)
    {
        lock (_gate)
        {
            _rules.Add(new FaultRule(fault));
        }
    }

    /// <summary>Replaces all failures.</summary>
    public void Replace(IEnumerable<Fault> faults, int seed)
    {
        lock (_gate)
        {
            _seed = seed;
            _rules.Clear();
            _rules.AddRange(faults.Select(fault => new FaultRule(fault)));
            _met.Clear();
        }
    }

    /// <summary>Switches every failure off; the counts stay.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    /// <summary>Switches every failure off and forgets the counts.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
            _met.Clear();
        }
    }

    /// <summary>What this request meets; both may be null. It is used up.</summary>
    /// <param name="isLaterPage">It asks for a page after the first.</param>
    public (Fault? Latency, Fault? Failure) Meet(string method, string path, bool isLaterPage)
    {
        lock (_gate)
        {
            Fault? latency = null;
            for (var place = 0; place < _rules.Count; place++)
            {
                var rule = _rules[place];
                if (!rule.Fault.Matches(method, path, isLaterPage) || !rule.Strikes(_seed, place))
                {
                    continue;
                }

                Count(rule.Fault.Kind);
                if (rule.Fault.Kind != FaultKind.Latency)
                {
                    return (latency, rule.Fault);
                }

                latency = rule.Fault;
            }

            return (latency, null);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        lock (_gate)
        {
            json.WriteStartObject();
            json.WriteNumber("seed", _seed);
            json.WriteNumber("left", _rules.Count(rule => !rule.IsSpent));
            json.WriteStartObject("met");
            foreach (var (kind, count) in _met)
            {
                json.WriteNumber(kind, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private void Count(FaultKind kind)
    {
        var word = FaultReader.WordOf(kind);
        _met[word] = _met.GetValueOrDefault(word) + 1;
    }

    /// <summary>A failure with its count of matching requests.</summary>
    private sealed class FaultRule(Fault fault)
    {
        private int _seen;
        private int _struck;
        private int _burst;

        public Fault Fault { get; } = fault;

        public bool IsSpent => _struck >= Fault.Count && _burst == 0;

        public bool Strikes(int seed, int place)
        {
            if (IsSpent)
            {
                return false;
            }

            var number = _seen++;
            if (_burst > 0)
            {
                _burst--;
                return true;
            }

            var chance = new SeededRandom((ulong)seed).Branch((place * 1_000_003) + number).Uniform();
            if (number < Fault.After || _struck >= Fault.Count || chance >= Fault.Probability)
            {
                return false;
            }

            _struck++;
            _burst = Fault.Burst - 1;
            return true;
        }
    }
}
