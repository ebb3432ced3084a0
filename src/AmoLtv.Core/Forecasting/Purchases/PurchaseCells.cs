namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// A base of customers for fitting: identical summaries merged into weighted cells, sorted by repeats, laid out as arrays,
/// time scaled so that the oldest customer's age is 1. Cells of the same number of repeats are padded with weightless copies
/// to a multiple of four, the width of one vector.
/// </summary>
public sealed class PurchaseCells
{
    internal const int Lanes = 4;

    private readonly List<double> _recency = [];
    private readonly List<double> _age = [];
    private readonly List<double> _weight = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _starts = [];
    private readonly List<double> _groupWeights = [];

    private PurchaseCells(ReadOnlySpan<RepeatSummary> histories, double? sumOfLogGaps)
    {
        var sorted = histories.ToArray();
        Array.Sort(sorted);
        Customers = sorted.Length;
        TimeScale = sorted.Max(history => history.Age);
        TimeScale = TimeScale > 0 ? TimeScale : 1;
        SumOfLogGaps = sumOfLogGaps;
        Merge(sorted);
        Recency = [.. _recency];
        Age = [.. _age];
        Weight = [.. _weight];
        Counts = [.. _counts];
        Starts = [.. _starts, Recency.Length];
        GroupWeights = [.. _groupWeights];
    }

    /// <summary>Number of customers.</summary>
    public int Customers { get; }

    /// <summary>Number of different cells, the weightless ones included.</summary>
    public int Count => Age.Length;

    /// <summary>Repeat purchases of all customers together.</summary>
    public long Repeats { get; private set; }

    /// <summary>Customers with at least one repeat purchase.</summary>
    public int Repeaters { get; private set; }

    /// <summary>Sum of the customers' ages, in the unit of the summaries.</summary>
    public double TotalAge { get; private set; }

    /// <summary>The oldest age, in the unit of the summaries: 1 in the cells.</summary>
    public double TimeScale { get; }

    /// <summary>Σ ln(time between two purchase days) over all customers, in the unit of the summaries; null where unknown. Only the choice of an Erlang order needs it.</summary>
    public double? SumOfLogGaps { get; }

    internal double[] Recency { get; }

    internal double[] Age { get; }

    internal double[] Weight { get; }

    internal int[] Counts { get; }

    internal int[] Starts { get; }

    internal double[] GroupWeights { get; }

    /// <summary>Builds the cells.</summary>
    /// <param name="histories">The customers, in any order.</param>
    /// <param name="sumOfLogGaps">See <see cref="SumOfLogGaps"/>.</param>
    /// <exception cref="ArgumentException">There is no customer, or a summary cannot be one.</exception>
    public static PurchaseCells From(ReadOnlySpan<RepeatSummary> histories, double? sumOfLogGaps = null)
    {
        if (histories.IsEmpty)
        {
            throw new ArgumentException("A base needs at least one customer.", nameof(histories));
        }

        foreach (ref readonly var history in histories)
        {
            if (!history.IsValid)
            {
                throw new ArgumentException($"{history} is not a customer's summary.", nameof(histories));
            }
        }

        return new PurchaseCells(histories, sumOfLogGaps);
    }

    private void Merge(RepeatSummary[] sorted)
    {
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to].Repeats == sorted[from].Repeats)
            {
                to++;
            }

            AddGroup(sorted.AsSpan(from, to - from));
            from = to;
        }
    }

    private void AddGroup(ReadOnlySpan<RepeatSummary> group)
    {
        _counts.Add(group[0].Repeats);
        _starts.Add(_age.Count);
        _groupWeights.Add(group.Length);
        Repeats += (long)group[0].Repeats * group.Length;
        Repeaters += group[0].Repeats > 0 ? group.Length : 0;
        for (var from = 0; from < group.Length;)
        {
            var to = from + 1;
            while (to < group.Length && group[to] == group[from])
            {
                to++;
            }

            AddCell(group[from], to - from);
            TotalAge += group[from].Age * (to - from);
            from = to;
        }

        while (_age.Count % Lanes != 0)
        {
            AddCell(group[^1], 0);
        }
    }

    private void AddCell(in RepeatSummary history, double weight)
    {
        _recency.Add(history.Recency / TimeScale);
        _age.Add(history.Age / TimeScale);
        _weight.Add(weight);
    }
}
