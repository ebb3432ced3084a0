using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>Customers drawn from the BG/NBD process, with a seed.</summary>
internal static class SimulatedBase
{
    public static RepeatSummary Customer(Random random, double r, double alpha, double a, double b, double longest)
    {
        var age = Math.Round((0.1 + 0.9 * random.NextDouble()) * longest * 7) / 7;
        var rate = Gamma(random, r) / alpha;
        var dropout = Gamma(random, a);
        dropout /= dropout + Gamma(random, b);
        double time = 0, last = 0;
        var repeats = 0;
        while (repeats < 10_000)
        {
            time += -Math.Log(1 - random.NextDouble()) / Math.Max(rate, 1e-12);
            if (time > age)
            {
                break;
            }

            (last, repeats) = (time, repeats + 1);
            if (random.NextDouble() < dropout)
            {
                break;
            }
        }

        return new RepeatSummary(repeats, last, age);
    }

    // Marsaglia and Tsang (2000).
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);
        }

        var d = shape - 1.0 / 3;
        while (true)
        {
            var z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + z / Math.Sqrt(9 * d), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < z * z / 2 + d - d * v + d * Math.Log(v))
            {
                return d * v;
            }
        }
    }
}
