namespace AmoLtv.Sandbox.Generation;

/// <summary>
/// Random numbers that depend on the seed alone, on every machine and version: SplitMix64
/// (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator of its own for a part of the work, so that parts do not disturb each other.</summary>
    public SeededRandom Branch(int number) => new((_state ^ ((ulong)number * 0xD1B54A32D192ED03)) + 0x9E3779B97F4A7C15);

    /// <summary>0 (included) to 1 (excluded).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>0 to <paramref name="below"/> − 1.</summary>
    public int Below(int below) => (int)(Uniform() * below);

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Mean 0, deviation 1 (Box–Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>Gamma of the given shape and mean (Marsaglia and Tsang, 2000; boosted for shapes under 1).</summary>
    public double Gamma(double shape, double mean)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1, mean * (shape + 1) / shape) * Math.Pow(1 - Uniform(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v * mean / shape;
            }
        }
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
