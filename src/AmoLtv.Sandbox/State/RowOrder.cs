namespace AmoLtv.Sandbox.State;

/// <summary>Living rows in one order: sorted once, afterwards mended by merging the changed rows in.</summary>
internal sealed class RowOrder<T>(SortBy key)
    where T : CrmEntity
{
    private readonly HashSet<long> _changed = [];
    private T[]? _rows;

    public static long KeyOf(T row, SortBy key) => key switch
    {
        SortBy.CreatedAt => row.CreatedAt,
        SortBy.UpdatedAt => row.UpdatedAt,
        _ => row.Id,
    };

    public void Changed(long id)
    {
        if (_rows is null)
        {
            return;
        }

        _changed.Add(id);
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
            _rows = Merged(_rows, [.. _changed.Select(find).OfType<T>().Where(row => !row.IsDeleted).OrderBy(row => KeyOf(row, key)).ThenBy(row => row.Id)]);
        }

        _changed.Clear();
        return _rows;
    }

    private T[] Merged(T[] before, T[] changed)
    {
        var merged = new List<T>(before.Length + changed.Length);
        var next = 0;
        foreach (var row in before)
        {
            if (_changed.Contains(row.Id))
            {
                continue;
            }

            while (next < changed.Length && IsBefore(changed[next], row))
            {
                merged.Add(changed[next++]);
            }

            merged.Add(row);
        }

        merged.AddRange(changed.AsSpan(next));
        return [.. merged];
    }

    private bool IsBefore(T row, T other) => (KeyOf(row, key), row.Id).CompareTo((KeyOf(other, key), other.Id)) < 0;
}
