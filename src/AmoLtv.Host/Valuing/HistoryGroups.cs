using System.Runtime.InteropServices;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;

namespace AmoLtv.Host.Valuing;

/// <summary>Entries of many customers, gathered in the order in which they come and laid out customer by customer.</summary>
/// <param name="scope">Of the customers.</param>
/// <param name="only">Customers to gather; null: all.</param>
/// <param name="expected">About how many entries there are.</param>
internal sealed class HistoryGroups(CustomerScope scope, IReadOnlySet<long>? only, int expected = 0)
{
    private readonly Dictionary<long, int> _places = [];
    private readonly List<long> _customers = [];
    private readonly List<int> _counts = [];
    private readonly List<(int Place, HistoryEntry Entry)> _entries = new(expected);

    public void Add(long customer, in HistoryEntry entry)
    {
        if (only?.Contains(customer) == false)
        {
            return;
        }

        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, customer, out var isKnown);
        if (!isKnown)
        {
            place = _customers.Count;
            _customers.Add(customer);
            _counts.Add(0);
        }

        CollectionsMarshal.AsSpan(_counts)[place]++;
        _entries.Add((place, entry));
    }

    /// <summary>A history of each customer, by id; empties the groups.</summary>
    public CustomerHistory[] ToHistories()
    {
        var starts = new int[_customers.Count + 1];
        for (var place = 0; place < _customers.Count; place++)
        {
            starts[place + 1] = starts[place] + _counts[place];
        }

        var order = Order(starts);
        var histories = new CustomerHistory[_customers.Count];
        Parallel.For(0, histories.Length, () => new List<HistoryEntry>(), (place, _, own) =>
        {
            own.Clear();
            for (var index = starts[place]; index < starts[place + 1]; index++)
            {
                own.Add(_entries[order[index]].Entry);
            }

            histories[place] = CustomerHistory.Of(new CustomerKey(scope, _customers[place]), CollectionsMarshal.AsSpan(own));
            return own;
        }, _ => { });
        _entries.Clear();
        _entries.TrimExcess();
        Array.Sort(histories, (one, other) => one.Key.Id.CompareTo(other.Key.Id));
        return histories;
    }

    /// <summary>Where the entries of each customer are, customer by customer: their places are laid out, the entries stay.</summary>
    private int[] Order(int[] starts)
    {
        var (order, next) = (new int[_entries.Count], starts[..^1]);
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var index = 0; index < entries.Length; index++)
        {
            order[next[entries[index].Place]++] = index;
        }

        return order;
    }
}
