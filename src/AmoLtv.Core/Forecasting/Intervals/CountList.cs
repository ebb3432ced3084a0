using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>P(0), P(1), … of a customer's purchases in the horizon, in a buffer that grows and is used again.</summary>
internal sealed class CountList
{
    // Beyond so many purchases they are counted in lots: the list is made for a part of the horizon and stands for the whole.
    private const int Longest = 1 << 11;
    private const double ShortenedTo = 1 << 10;

    // Customers of discrete time share few summaries, whose lists are dear.
    private const int MostRemembered = 1 << 14;

    private readonly Dictionary<(BgBbModel Model, DiscreteSummary History, int Periods), double[]> _discrete = [];
    private double[] _mixed = new double[256];
    private double[] _one = new double[256];

    /// <summary>The listed probabilities.</summary>
    public ReadOnlySpan<double> Probabilities => _mixed.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Purchases that one entry of the list stands for: 1, more for customers who buy by the thousand.</summary>
    public double Lot { get; private set; } = 1;

    public double Alive { get; private set; }

    /// <summary>
    /// Lists for a customer under a model, or the mixture over its draws where it has some, with a part of the chance of being gone
    /// taken back: <paramref name="lift"/>, 0..1.
    /// </summary>
    public void Fill(PurchaseModel model, IReadOnlyList<Weighted<PurchaseModel>> draws, in RepeatSummary history, double horizon, double lift = 0)
    {
        Measure(model, history, horizon);
        if (draws.Count == 0)
        {
            Reserve();
            Alive = model.AliveProbability(history);
            Alive += lift * (1 - Alive);
            model.FillIfHere(history, horizon / Lot, _mixed.AsSpan(0, Count));
            PurchaseModel.Thin(Alive, _mixed.AsSpan(0, Count));
            return;
        }

        Count += Count / 2;
        Reserve();
        FillMixture(draws, history, horizon, lift);
    }

    /// <summary>
    /// Lists for a customer of discrete time: the mixture of <paramref name="periods"/> and, with weight <paramref name="part"/>, one more;
    /// the chance to buy at all times <paramref name="lift"/>.
    /// </summary>
    public void FillDiscrete(BgBbModel model, in DiscreteSummary history, int periods, double part, double lift)
    {
        (Lot, Count) = (1, periods + (part > 0 ? 2 : 1));
        Reserve();
        var mixed = _mixed.AsSpan(0, Count);
        mixed.Clear();
        Add(Remembered(model, history, periods), 1 - part, mixed);
        if (part > 0)
        {
            Add(Remembered(model, history, periods + 1), part, mixed);
        }

        PurchaseModel.Thin(lift, mixed);
        mixed[0] = Math.Max(0, mixed[0]);
    }

    private void FillMixture(IReadOnlyList<Weighted<PurchaseModel>> draws, in RepeatSummary history, double horizon, double lift)
    {
        var mixed = _mixed.AsSpan(0, Count);
        mixed.Clear();
        Alive = 0;
        for (var d = 0; d < draws.Count; d++)
        {
            var (model, weight) = draws[d];
            var alive = model.AliveProbability(history);
            alive += lift * (1 - alive);
            model.FillIfHere(history, horizon / Lot, _one.AsSpan(0, Count));
            PurchaseModel.Thin(alive, _one.AsSpan(0, Count));
            Add(_one.AsSpan(0, Count), weight, mixed);
            Alive = Math.Min(1, Alive + weight * alive);
        }
    }

    private static void Add(ReadOnlySpan<double> probabilities, double weight, Span<double> mixed)
    {
        for (var y = 0; y < probabilities.Length; y++)
        {
            mixed[y] += weight * probabilities[y];
        }
    }

    private double[] Remembered(BgBbModel model, in DiscreteSummary history, int periods)
    {
        if (_discrete.TryGetValue((model, history, periods), out var known))
        {
            return known;
        }

        var probabilities = new double[periods + 1];
        model.FillProbabilities(history, periods, probabilities);
        if (_discrete.Count < MostRemembered)
        {
            _discrete[(model, history, periods)] = probabilities;
        }

        return probabilities;
    }

    private void Measure(PurchaseModel model, in RepeatSummary history, double horizon)
    {
        var (mean, deviation) = model.CountIfStaying(history, horizon);
        var length = mean + 6 * deviation + 12;
        Lot = length <= Longest ? 1 : length / ShortenedTo;
        Count = (int)Math.Min(length, Longest);
    }

    private void Reserve()
    {
        if (_mixed.Length < Count)
        {
            _mixed = new double[2 * Count];
            _one = new double[2 * Count];
        }
    }
}
