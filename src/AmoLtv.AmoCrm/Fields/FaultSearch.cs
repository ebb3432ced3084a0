namespace AmoLtv.AmoCrm.Fields;

/// <summary>
/// Finds which elements of a refused batch the CRM does not take where its answer does not name them: its halves are sent again, the
/// larger parts first, so that most elements arrive early. The calls are limited: two bad elements are found wherever they stand, and
/// a CRM that refuses everything is not asked once for each element.
/// </summary>
/// <typeparam name="T">An element.</typeparam>
public sealed class FaultSearch<T>
{
    private readonly Queue<IReadOnlyList<T>> _parts = new();
    private readonly List<T> _left = [];
    private readonly int _most;

    /// <param name="batch">What is sent first, one element or more.</param>
    /// <param name="allowed">Calls that may be spent beyond the first, 0 or more; a batch never takes more than four for each time it can be halved.</param>
    public FaultSearch(IReadOnlyList<T> batch, int allowed)
    {
        _parts.Enqueue(batch);
        _most = Math.Min(allowed, 4 * (int)Math.Ceiling(Math.Log2(Math.Max(1, batch.Count))));
    }

    /// <summary>Calls spent or owed beyond the first.</summary>
    public int Calls { get; private set; }

    /// <summary>Elements of refused parts for which no calls were left: good ones may be among them.</summary>
    public IReadOnlyList<T> Left => _left;

    /// <summary>The next part to send.</summary>
    /// <param name="limit">Elements it may have at most, 1 or more; what is beyond stays for a later part.</param>
    /// <param name="part">One element or more; empty at the end.</param>
    /// <returns>False at the end.</returns>
    public bool TryNext(int limit, out IReadOnlyList<T> part)
    {
        if (!_parts.TryDequeue(out var next))
        {
            part = [];
            return false;
        }

        part = next;
        if (next.Count > limit)
        {
            part = [.. next.Take(limit)];
            _parts.Enqueue([.. next.Skip(limit)]);
        }

        return true;
    }

    /// <summary>A part of two elements or more was refused and none was named: its halves follow, where calls are left.</summary>
    public void Refused(IReadOnlyList<T> part)
    {
        if (MaySpend(2, part))
        {
            Halve(part);
        }
    }

    /// <summary>Named elements were set apart: the others of the part are sent again, where a call is left.</summary>
    /// <param name="others">May be empty.</param>
    public void Named(IReadOnlyList<T> others)
    {
        if (others.Count > 0 && MaySpend(1, others))
        {
            _parts.Enqueue(others);
        }
    }

    /// <summary>The CRM ran out of time on a part of two elements or more. Its halves cost nothing: later batches are smaller from the start.</summary>
    public void TooLarge(IReadOnlyList<T> part) => Halve(part);

    private bool MaySpend(int calls, IReadOnlyList<T> part)
    {
        if (Calls + calls > _most)
        {
            _left.AddRange(part);
            return false;
        }

        Calls += calls;
        return true;
    }

    private void Halve(IReadOnlyList<T> part)
    {
        var half = (part.Count + 1) / 2;
        _parts.Enqueue([.. part.Take(half)]);
        _parts.Enqueue([.. part.Skip(half)]);
    }
}
