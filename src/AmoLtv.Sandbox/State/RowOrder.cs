namespace AmoLtv.Sandbox.State;

/// <summary>Living rows in one order: sorted once, afterwards mended by taking the changed rows out and putting them in where they belong.</summary>
internal sealed class RowOrder<T>(SortBy key)
    where T : CrmEntity
{
    /// <summary>Rows changed since the last reading, as they stand in the order; null for a row that is not in it.</summary>
    private readonly Dictionary<long, T?> _changed = [];
    private T[]? _rows;

    public static long KeyOf(T row, SortBy key) => key switch
    {
        SortBy.CreatedAt => row.CreatedAt,
        SortBy.UpdatedAt => row.UpdatedAt,
        _ => row.Id,
    };

    /// <param name="before">Null when the row is new.</param>
    public void Changed(long id, T? before)
    {
        if (_rows is null)
        {
            return;
        }

        _changed.TryAdd(id, before is { IsDeleted: false } ? before : null);
        if (_changed.Count > 1000 + (_rows.Length / 4))
        {
            _rows = null; // Sorting anew is cheaper than remembering.
            _changed.Clear();
        }
    }

    /// <param name="all">Every row by id.</param>
    public T[] Read(IReadOnlyList<T> all, Func<long, T?> find)
    {
        if (_rows is null)
        {
            var living = all.Where(row => !row.IsDeleted);
            _rows = key == SortBy.Id ? [.. living] : [.. living.OrderBy(row => KeyOf(row, key))];
        }
        else if (_changed.Count > 0)
        {
            var gone = _changed.Values.OfType<T>().Select(row => PlaceOf(_rows, row)).Order().ToList();
            var come = _changed.Keys.Select(find).OfType<T>().Where(row => !row.IsDeleted).OrderBy(row => KeyOf(row, key)).ThenBy(row => row.Id).ToList();
            _rows = Put(Without(_rows, gone), come);
        }

        _changed.Clear();
        return _rows;
    }

    /// <summary>Whole stretches between the places are copied: the work grows with the changes, but for one copy of memory.</summary>
    private static T[] Without(T[] rows, List<int> gone)
    {
        var left = new T[rows.Length - gone.Count];
        var (from, to) = (0, 0);
        foreach (var place in gone.Append(rows.Length))
        {
            Array.Copy(rows, from, left, to, place - from);
            to += place - from;
            from = place + 1;
        }

        return left;
    }

    private T[] Put(T[] rows, List<T> come)
    {
        var whole = new T[rows.Length + come.Count];
        var (from, to) = (0, 0);
        foreach (var row in come)
        {
            var place = PlaceOf(rows, row);
            Array.Copy(rows, from, whole, to, place - from);
            to += place - from;
            whole[to++] = row;
            from = place;
        }

        Array.Copy(rows, from, whole, to, rows.Length - from);
        return whole;
    }

    /// <summary>The first place whose row does not come before this one.</summary>
    private int PlaceOf(T[] rows, T row)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = (KeyOf(rows[middle], key), rows[middle].Id).CompareTo((KeyOf(row, key), row.Id)) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
