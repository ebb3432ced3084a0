namespace AmoLtv.Core.Attribution;

/// <summary>By how much clients of a level are worth more, or less, than a typical client; percent, above −100.</summary>
/// <param name="Percent">The middle.</param>
/// <param name="LowPercent">Lower end of the 95 % interval.</param>
/// <param name="HighPercent">Upper end of the 95 % interval.</param>
public readonly record struct DriverEffect(double Percent, double LowPercent, double HighPercent)
{
    /// <summary>Whether the interval leaves out no effect at all. Only then it may be read as one; it still proves no cause.</summary>
    public bool IsClear => LowPercent > 0 || HighPercent < 0;
}
