using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>
/// The distribution of a customer's value in the horizon. Given y purchases it is Gamma(py, ν) with ν from Gamma(q′, γ′), so
/// value / (value + γ′) is Beta(py, q′): the value is "nothing" with P(Y = 0) and a mixture of such densities otherwise.
/// </summary>
internal sealed class ValueMixture
{
    private const int MostComponents = 128;
    private const int MostPoints = 256;

    // Shapes beyond these are narrower than a few percent: the grid need not resolve more.
    private const double LargestP = 400;
    private const double LargestQ = 2000;

    private readonly double[] _counts = new double[MostComponents + 1];
    private readonly double[] _weights = new double[MostComponents + 1];
    private readonly double[] _mass = new double[MostPoints + 4];
    private readonly double[] _value = new double[MostPoints + 4];
    private int _components;
    private int _points;
    private double _from;
    private double _step;

    /// <summary>The smallest set of values with the probability <paramref name="nominal"/>, each times the factor, which is positive.</summary>
    public PredictiveSet Set(
        ReadOnlySpan<double> counts, GammaGammaModel model, IReadOnlyList<Weighted<GammaGammaModel>> draws, double nominal, in SpendSummary spend, double factor)
    {
        var zero = counts[0];
        if (zero >= nominal || !Group(counts, Scatter(model, spend)))
        {
            return new PredictiveSet(true, 0, 0, zero);
        }

        Lay(model, spend);
        if (draws.Count == 0)
        {
            Add(model, spend, 1);
        }

        for (var d = 0; d < draws.Count; d++)
        {
            Add(draws[d].Model, spend, draws[d].Weight);
        }

        return Shortest(zero, nominal, factor);
    }

    // Relative scatter of the customer's mean value: counts nearer to each other than this need not be told apart.
    private static double Scatter(GammaGammaModel model, in SpendSummary spend) => 1 / Math.Sqrt(Math.Min(model.Posterior(spend).Shape, LargestQ));

    // Components of too little weight are left out, long lists are grouped by neighbours.
    private bool Group(ReadOnlySpan<double> counts, double scatter)
    {
        double positive = 0;
        for (var y = 1; y < counts.Length; y++)
        {
            positive += counts[y];
        }

        int low = 1, high = counts.Length - 1;
        double tail = 0;
        for (; low < high && tail + counts[low] < 5e-4 * positive; low++)
        {
            tail += counts[low];
        }

        tail = 0;
        for (; high > low && tail + counts[high] < 2e-3 * positive; high--)
        {
            tail += counts[high];
        }

        var finest = Math.Max(Math.Min(scatter, 0.5) / 2, 2.0 * Math.Log(1.0 * high / low) / MostComponents);
        _components = 0;
        for (int y = low, width; y <= high; y += width)
        {
            width = Math.Max(1, (int)(finest * y));
            double weight = 0, moment = 0;
            for (var i = y; i < Math.Min(y + width, high + 1); i++)
            {
                weight += counts[i];
                moment += i * counts[i];
            }

            if (weight > 0)
            {
                (_counts[_components], _weights[_components++]) = (moment / weight, weight);
            }
        }

        return _components > 0;
    }

    // A grid in ln(value) that covers every component and resolves the narrowest.
    private void Lay(GammaGammaModel model, in SpendSummary spend)
    {
        var (p, shape, rate) = Limited(model, spend);
        var (lowest, widest) = Moments(p * _counts[0], shape);
        var (highest, narrowest) = Moments(p * _counts[_components - 1], shape);
        _from = lowest - 4 * widest + Math.Log(rate);
        var to = highest + 4.5 * narrowest + Math.Log(rate);
        _points = (int)Math.Clamp((to - _from) / (0.4 * narrowest), 24, MostPoints - 1) + 1;
        _step = (to - _from) / (_points - 1);
        Array.Clear(_mass);
    }

    private static (double Mean, double Deviation) Moments(double a, double b) =>
        (GammaFunctions.Digamma(a) - GammaFunctions.Digamma(b), Math.Sqrt(GammaFunctions.Trigamma(a) + GammaFunctions.Trigamma(b)));

    private static (double P, double Shape, double Rate) Limited(GammaGammaModel model, in SpendSummary spend)
    {
        var (shape, rate) = model.Posterior(spend);
        var (p, q) = (Math.Min(model.P, LargestP), Math.Min(shape, LargestQ));
        return (p, q, p == model.P && q == shape ? rate : rate * (model.P / p) * (q / shape));
    }

    private void Add(GammaGammaModel model, in SpendSummary spend, double weight)
    {
        var (p, shape, rate) = Limited(model, spend);
        var logShape = GammaFunctions.Log(shape);
        Span<double> logs = stackalloc double[MostComponents + 1];
        for (var c = 0; c < _components; c++)
        {
            var own = p * _counts[c];
            logs[c] = Math.Log(weight * _weights[c]) + GammaFunctions.Log(own + shape) - GammaFunctions.Log(own) - logShape;
        }

        DensityGrid.Add(_mass.AsSpan(0, _points), _from - Math.Log(rate), _step, p, shape, _counts.AsSpan(0, _components), logs[.._components]);
    }

    private PredictiveSet Shortest(double zero, double nominal, double factor)
    {
        double total = 0;
        for (var i = 0; i < _points; i++)
        {
            _value[i] = Math.Exp(_from + i * _step);
            total += _mass[i];
        }

        // Masses of the cells between points by the trapezium rule, scaled to what is left beside "nothing".
        var positive = 1 - zero;
        var scale = positive / Math.Max(total, 1e-300);
        for (var i = 0; i < _points - 1; i++)
        {
            _mass[i] = scale * (_mass[i] + _mass[i + 1]) / 2;
        }

        var (low, high) = ShortestRange(nominal - zero);
        return new PredictiveSet(true, low * factor, high * factor, Math.Max(nominal, zero));
    }

    private (double Low, double High) ShortestRange(double mass)
    {
        var best = (Low: _value[0], High: _value[_points - 1]);
        double sum = 0;
        var low = 0;
        for (var high = 0; high < _points - 1; high++)
        {
            sum += _mass[high];
            while (low < high && sum - _mass[low] >= mass)
            {
                sum -= _mass[low++];
            }

            if (sum < mass || _mass[high] <= 0)
            {
                continue;
            }

            // What is too much is taken back from the upper end, or, where that is shorter, from the lower one.
            var surplus = sum - mass;
            var top = _value[high + 1] - (_value[high + 1] - _value[high]) * Math.Min(1, surplus / _mass[high]);
            var bottom = _value[low] + (_value[low + 1] - _value[low]) * Math.Min(1, surplus / Math.Max(_mass[low], 1e-300));
            if (top - _value[low] < best.High - best.Low)
            {
                best = (_value[low], top);
            }

            if (_value[high + 1] - bottom < best.High - best.Low)
            {
                best = (bottom, _value[high + 1]);
            }
        }

        return best;
    }
}
