namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Points that fill the unit cube evenly and are always the same (Halton's sequence, Numerische Mathematik 2, 1960; bases 2, 3, 5, 7, 11, 13, 17, 19).</summary>
public static class QuasiRandom
{
    private static readonly int[] Bases = [2, 3, 5, 7, 11, 13, 17, 19];

    /// <summary>Coordinate <paramref name="dimension"/> (0..7) of point <paramref name="index"/> (≥ 0), strictly inside 0..1.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="dimension"/> is not 0 to 7.</exception>
    public static double Point(int index, int dimension)
    {
        var radix = Bases[dimension];
        double result = 0;
        double digitValue = 1.0 / radix;
        for (var rest = index + 1; rest > 0; rest /= radix)
        {
            result += digitValue * (rest % radix);
            digitValue /= radix;
        }

        return result;
    }
}
