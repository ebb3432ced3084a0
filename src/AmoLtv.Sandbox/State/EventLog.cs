namespace AmoLtv.Sandbox.State;

/// <summary>Everything that happened. An event's number is its place, which does not change once the account's history is settled.</summary>
public sealed class EventLog
{
    private readonly List<CrmEvent> _events = [];
    private readonly Dictionary<string, List<int>> _placesByType = new(StringComparer.Ordinal);
    private bool _chronological = true;
    private bool _settled;

    public int Count => _events.Count;

    public void Add(CrmEvent happened)
    {
        _chronological = _chronological && (_events.Count == 0 || _events[^1].CreatedAt <= happened.CreatedAt);
        _events.Add(happened);
        if (_settled)
        {
            Index(_events.Count - 1);
        }
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

        for (var place = 0; place < _events.Count; place++)
        {
            Index(place);
        }
    }

    /// <summary>Places of the events of these types within bounds, latest first; of all types when none is named.</summary>
    public IEnumerable<int> Backwards(IReadOnlyCollection<string> types, int first, int end)
    {
        Settle();
        if (types.Count == 0)
        {
            for (var place = end - 1; place >= first; place--)
            {
                yield return place;
            }

            yield break;
        }

        // A cursor into the places of each type; the latest of them all comes next.
        var lists = types.Select(type => _placesByType.GetValueOrDefault(type)).OfType<List<int>>().ToArray();
        var cursors = Array.ConvertAll(lists, list => Before(list, end));
        while (true)
        {
            var latest = -1;
            for (var list = 0; list < lists.Length; list++)
            {
                if (cursors[list] >= 0 && (latest < 0 || lists[list][cursors[list]] > lists[latest][cursors[latest]]))
                {
                    latest = list;
                }
            }

            if (latest < 0 || lists[latest][cursors[latest]] < first)
            {
                yield break;
            }

            yield return lists[latest][cursors[latest]--];
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

    private static int Before(List<int> places, int end)
    {
        var found = places.BinarySearch(end);
        return (found < 0 ? ~found : found) - 1;
    }

    private void Index(int place)
    {
        if (!_placesByType.TryGetValue(_events[place].Type, out var places))
        {
            _placesByType.Add(_events[place].Type, places = []);
        }

        places.Add(place);
    }

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
