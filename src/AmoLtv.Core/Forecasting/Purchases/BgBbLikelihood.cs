using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>
/// Log-likelihood and gradient of the BG/BB (Fader, Hardie and Shang 2010, eq. 4) in ln α, ln β, ln γ, ln δ, over cells (x, t_x, n) with
/// weights. With rising factorials a term is B(α + x, β + j − x)/B(α, β) · B(γ + 1, δ + j)/B(γ, δ): it does not depend on t_x, so that cells
/// of one (x, n) share a sum that runs down from n − 1 to each t_x. Every term is positive: nothing cancels.
/// </summary>
internal sealed class BgBbLikelihood
{
    private readonly (DiscreteSummary History, double Weight)[] _cells;
    private readonly int[] _counts;
    private readonly Table _alpha;
    private readonly Table _beta;
    private readonly Table _both;
    private readonly Table _delta;
    private readonly Table _leaving;

    /// <param name="cells">Valid summaries, each once, in any order, with how many customers share it.</param>
    public BgBbLikelihood(IEnumerable<(DiscreteSummary History, double Weight)> cells)
    {
        _cells = [.. cells.OrderBy(cell => cell.History.Repeats).ThenBy(cell => cell.History.Periods).ThenByDescending(cell => cell.History.LastPeriod)];
        _counts = [.. Enumerable.Range(0, _cells.Max(cell => cell.History.Periods) + 2)];
        (_alpha, _beta, _both, _delta, _leaving) = (new(_counts), new(_counts), new(_counts), new(_counts), new(_counts));
    }

    /// <summary>The log-likelihood, without the binomial coefficient; fills its derivatives by the four logarithms.</summary>
    public double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient)
    {
        var (alpha, beta, gamma, delta) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]));
        _alpha.Fill(alpha);
        _beta.Fill(beta);
        _both.Fill(alpha + beta);
        _delta.Fill(delta);
        _leaving.Fill(gamma + delta);
        var sums = default(Sums);
        double value = 0, byAlpha = 0, byBeta = 0, byGamma = 0, byDelta = 0;
        for (var c = 0; c < _cells.Length; c++)
        {
            var ((x, last, n), weight) = _cells[c];
            var isNew = c == 0 || _cells[c - 1].History.Repeats != x || _cells[c - 1].History.Periods != n;
            sums = isNew ? Staying(x, n) : sums;
            for (var j = isNew ? n - 1 : _cells[c - 1].History.LastPeriod - 1; j >= last; j--)
            {
                sums.Add(
                    logs[2] + _beta.Log[j - x] - _both.Log[j] + _delta.Log[j] - _leaving.Log[j + 1],
                    _beta.Slope[j - x], _both.Slope[j], 1 / gamma - _leaving.Slope[j + 1], _delta.Slope[j] - _leaving.Slope[j + 1]);
            }

            value += weight * (_alpha.Log[x] + sums.Log);
            byAlpha += weight * (_alpha.Slope[x] - sums.ByBoth);
            byBeta += weight * (sums.ByBeta - sums.ByBoth);
            byGamma += weight * sums.ByGamma;
            byDelta += weight * sums.ByDelta;
        }

        (gradient[0], gradient[1], gradient[2], gradient[3]) = (byAlpha * alpha, byBeta * beta, byGamma * gamma, byDelta * delta);
        return value;
    }

    private Sums Staying(int x, int n)
    {
        var sums = default(Sums);
        sums.Add(
            _beta.Log[n - x] - _both.Log[n] + _delta.Log[n] - _leaving.Log[n],
            _beta.Slope[n - x], _both.Slope[n], -_leaving.Slope[n], _delta.Slope[n] - _leaving.Slope[n]);
        return sums;
    }

    /// <summary>ln Γ(a + n)/Γ(a) for n = 0, 1, …, and its derivative.</summary>
    private sealed class Table(int[] counts)
    {
        public double[] Log { get; } = new double[counts.Length];

        public double[] Slope { get; } = new double[counts.Length];

        public void Fill(double a) => RisingFactorial.Fill(a, counts, Log, Slope);
    }

    /// <summary>A sum of terms given as logarithms, relative to the largest so far, and the means of their derivatives over it.</summary>
    private struct Sums
    {
        private double _scale;
        private double _sum;
        private double _beta;
        private double _both;
        private double _gamma;
        private double _delta;

        public readonly double Log => _scale + Math.Log(_sum);

        public readonly double ByBeta => _beta / _sum;

        public readonly double ByBoth => _both / _sum;

        public readonly double ByGamma => _gamma / _sum;

        public readonly double ByDelta => _delta / _sum;

        public void Add(double log, double byBeta, double byBoth, double byGamma, double byDelta)
        {
            if (_sum == 0 || log > _scale)
            {
                var shrink = _sum == 0 ? 0 : Math.Exp(_scale - log);
                (_sum, _beta, _both, _gamma, _delta) = (_sum * shrink, _beta * shrink, _both * shrink, _gamma * shrink, _delta * shrink);
                _scale = log;
            }

            var term = Math.Exp(log - _scale);
            _sum += term;
            _beta += term * byBeta;
            _both += term * byBoth;
            _gamma += term * byGamma;
            _delta += term * byDelta;
        }
    }
}
