namespace AmoLtv.Sandbox.State;

/// <summary>Everything that happened. An event's number is its place, which does not change once the account's history is settled.</summary>
public sealed class EventLog
{
    private readonly List<CrmEvent> _events = [];
    private bool _chronological = true;
    private bool _settled;

    public int Count => _events.Count;

    public void Add(CrmEvent happened)
    {
        _chronological = _chronological && (_events.Count == 0 || _events[^1].CreatedAt <= happened.CreatedAt);
        _events.Add(happened);
    }

    /// <summary>Events in the order they happened.</summary>
    public IReadOnlyList<CrmEvent> InOrder()
    {
        Settle();
        return _events;
    }

    /// <summary>Sorts the generated history once; what comes later is appended as it comes, even when the clock was set back.</summary>
    public void Settle()
    {
        if (_settled)
        {
            return;
        }

        _settled = true;
        if (!_chronological)
        {
            var ordered = _events.OrderBy(happened => happened.CreatedAt).ToList();
            _events.Clear();
            _events.AddRange(ordered);
            _chronological = true;
        }
    }

    /// <summary>The places between which all events of a window lie: from the first included to the last excluded.</summary>
    /// <param name="from">Unix seconds, included.</param>
    /// <param name="to">Unix seconds, included.</param>
    public (int First, int End) Window(long from, long to)
    {
        Settle();
        return _chronological ? (FirstAt(from), to == long.MaxValue ? _events.Count : FirstAt(to + 1)) : (0, _events.Count);
    }

    public void EnsureCapacity(int count) => _events.EnsureCapacity(count);

    private int FirstAt(long moment)
    {
        var (low, high) = (0, _events.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _events[middle].CreatedAt < moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
