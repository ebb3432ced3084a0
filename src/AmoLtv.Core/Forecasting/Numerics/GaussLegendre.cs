using System.Collections.Concurrent;

namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Nodes and weights of the Gauss–Legendre rule on 0..1, by Newton's method on the Legendre polynomial (Abramowitz and Stegun 25.4.30).</summary>
public sealed class GaussLegendre
{
    private static readonly ConcurrentDictionary<int, GaussLegendre> Rules = new();

    private readonly double[] _nodes;
    private readonly double[] _weights;

    private GaussLegendre(int count)
    {
        _nodes = new double[count];
        _weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            var (root, slope) = Root(count, i);
            _nodes[i] = (1 - root) / 2;
            _weights[i] = 1 / ((1 - root * root) * slope * slope);
        }
    }

    /// <summary>Ascending nodes, in 0..1.</summary>
    public ReadOnlySpan<double> Nodes => _nodes;

    /// <summary>Weights of the nodes; they sum to 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The rule with <paramref name="count"/> nodes, 2..512: exact for polynomials up to degree 2·count − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not 2 to 512.</exception>
    public static GaussLegendre Rule(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 512);
        return Rules.GetOrAdd(count, static n => new GaussLegendre(n));
    }

    /// <summary>∫ f over <paramref name="from"/>..<paramref name="to"/>.</summary>
    public double Integrate(Func<double, double> f, double from, double to)
    {
        double sum = 0;
        for (var i = 0; i < _nodes.Length; i++)
        {
            sum += _weights[i] * f(from + (to - from) * _nodes[i]);
        }

        return sum * (to - from);
    }

    private static (double Root, double Slope) Root(int count, int index)
    {
        var x = Math.Cos(Math.PI * (index + 0.75) / (count + 0.5));
        double slope = 1;
        for (var iteration = 0; iteration < 100; iteration++)
        {
            double previous = 1;
            var current = x;
            for (var n = 2; n <= count; n++)
            {
                (previous, current) = (current, ((2 * n - 1) * x * current - (n - 1) * previous) / n);
            }

            slope = count * (x * current - previous) / (x * x - 1);
            var step = current / slope;
            x -= step;
            if (Math.Abs(step) < 1e-16)
            {
                break;
            }
        }

        return (x, slope);
    }
}
