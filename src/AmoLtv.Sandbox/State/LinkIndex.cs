namespace AmoLtv.Sandbox.State;

/// <summary>Which rows point at an owner: ids by owner, ascending, kept with every change.</summary>
internal sealed class LinkIndex
{
    private readonly Dictionary<long, List<long>> _linked = [];

    public IReadOnlyList<long> Of(long owner) => _linked.TryGetValue(owner, out var ids) ? ids : [];

    public void Add(long owner, long linked)
    {
        if (!_linked.TryGetValue(owner, out var ids))
        {
            _linked.Add(owner, ids = []);
        }

        if (ids.BinarySearch(linked) is < 0 and var place)
        {
            ids.Insert(~place, linked);
        }
    }

    public void Remove(long owner, long linked)
    {
        if (_linked.TryGetValue(owner, out var ids) && ids.BinarySearch(linked) is >= 0 and var place)
        {
            ids.RemoveAt(place);
        }
    }
}
