namespace AmoLtv.Sandbox.State;

/// <summary>Rows of a kind that needs no orders of its own: by id, which only grows.</summary>
public sealed class NumberedRows<T>(long firstId)
    where T : class
{
    private readonly SortedDictionary<long, T> _rows = [];
    private long _next = firstId;

    public long NextId => _next;

    /// <summary>By id, ascending.</summary>
    public IReadOnlyCollection<T> All => _rows.Values;

    public T? Find(long id) => _rows.GetValueOrDefault(id);

    public void Put(long id, T row)
    {
        _rows[id] = row;
        _next = Math.Max(_next, id + 1);
    }

    public bool Remove(long id) => _rows.Remove(id);
}
