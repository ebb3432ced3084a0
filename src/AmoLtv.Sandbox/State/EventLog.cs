namespace AmoLtv.Sandbox.State;

/// <summary>Everything that happened, oldest first.</summary>
public sealed class EventLog
{
    private readonly List<CrmEvent> _events = [];
    private bool _sorted = true;

    public int Count => _events.Count;

    public void Add(CrmEvent happened)
    {
        _sorted = _sorted && (_events.Count == 0 || _events[^1].CreatedAt <= happened.CreatedAt);
        _events.Add(happened);
    }

    /// <summary>Events in the order they happened; an event's number is its place here.</summary>
    public IReadOnlyList<CrmEvent> InOrder()
    {
        if (!_sorted)
        {
            var ordered = _events.OrderBy(happened => happened.CreatedAt).ToList();
            _events.Clear();
            _events.AddRange(ordered);
            _sorted = true;
        }

        return _events;
    }

    public void EnsureCapacity(int count) => _events.EnsureCapacity(count);
}
