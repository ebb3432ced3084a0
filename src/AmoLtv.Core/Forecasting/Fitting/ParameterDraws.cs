using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>
/// Importance sampling of the parameters around the optimum: proposals from the Laplace approximation widened by a fifth, at
/// quasi-random points, so that the same data give the same draws; weights from the true likelihood (and prior).
/// </summary>
internal static class ParameterDraws
{
    private const double Widening = 1.2;
    private const double WidestDeviation = 1.5;

    /// <summary>Points and weights; the weights sum to 1, points of no weight are left out.</summary>
    public static IReadOnlyList<(double[] Point, double Weight)> From(Objective objective, Minimum optimum, Curvature curvature, double bound, int count)
    {
        var size = optimum.Point.Length;
        var gradient = new double[size];
        var draws = new List<(double[] Point, double Log)>();
        for (var k = 0; k < count; k++)
        {
            var point = (double[])optimum.Point.Clone();
            double squares = 0;
            for (var d = 0; d < size; d++)
            {
                var z = NormalDistribution.Quantile(QuasiRandom.Point(k / 2, d)) * (k % 2 == 0 ? 1 : -1);
                squares += z * z;
                var deviation = Widening * Math.Min(WidestDeviation, 1 / Math.Sqrt(Math.Max(curvature.Values[d], 1e-12)));
                for (var i = 0; i < size; i++)
                {
                    point[i] = Math.Clamp(point[i] + deviation * z * curvature.Component(i, d), -bound, bound);
                }
            }

            var log = optimum.Value - objective(point, gradient) + squares / 2;
            draws.Add((point, double.IsFinite(log) ? log : double.NegativeInfinity));
        }

        return Normalize(draws, optimum);
    }

    private static List<(double[] Point, double Weight)> Normalize(List<(double[] Point, double Log)> draws, Minimum optimum)
    {
        var highest = draws.Count == 0 ? double.NegativeInfinity : draws.Max(draw => draw.Log);
        if (double.IsNegativeInfinity(highest))
        {
            return [(optimum.Point, 1)];
        }

        var total = draws.Sum(draw => Math.Exp(draw.Log - highest));
        var kept = draws.Select(draw => (draw.Point, Weight: Math.Exp(draw.Log - highest) / total)).Where(draw => draw.Weight > 1e-4).ToList();
        var sum = kept.Sum(draw => draw.Weight);
        return [.. kept.Select(draw => (draw.Point, draw.Weight / sum))];
    }
}
