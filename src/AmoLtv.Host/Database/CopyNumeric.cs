using System.Buffers.Binary;

namespace AmoLtv.Host.Database;

/// <summary>
/// Numbers as PostgreSQL sends its numeric: how many digits to the base 10,000, the power of the first, the sign, the decimals
/// shown, the digits; each a signed 16-bit integer.
/// </summary>
internal static class CopyNumeric
{
    /// <summary>Header and seven digits: 15 before the point, 2 after it.</summary>
    public const int LongestBytes = 8 + (2 * MostDigits);

    private const int MostDigits = 7;
    private const int Base = 10_000;
    private const short Negative = 0x4000;
    private const byte Decimals = 2;
    private const decimal Limit = 1e16m;
    private const int MostWeight = 3;

    private static ReadOnlySpan<ulong> Scales => [1, 10, 100, 1_000, 10_000];

    /// <summary>Writes an amount in kopecks.</summary>
    /// <returns>How many bytes it took.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is 10¹⁶ or more.</exception>
    public static int Write(decimal amount, Span<byte> target)
    {
        var whole = decimal.Truncate(Math.Abs(amount));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(whole, Limit, nameof(amount));

        // The fraction is one digit of the base: hundredths, and two zeros.
        Span<short> digits = stackalloc short[MostDigits];
        digits[0] = (short)(100 * (int)((Math.Abs(amount) - whole) * 100));
        var count = 1;
        for (var rest = decimal.ToUInt64(whole); rest > 0; rest /= Base)
        {
            digits[count++] = (short)(rest % Base);
        }

        count = count == 1 && digits[0] == 0 ? 0 : count;

        // The last digit is the fraction; zeros at the end are left out.
        var skipped = 0;
        while (skipped < count && digits[skipped] == 0)
        {
            skipped++;
        }

        BinaryPrimitives.WriteInt16BigEndian(target, (short)(count - skipped));
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)(count > 0 ? count - 2 : 0));
        BinaryPrimitives.WriteInt16BigEndian(target[4..], amount < 0 && count > 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], Decimals);
        for (var digit = count - 1; digit >= skipped; digit--)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[(8 + (2 * (count - 1 - digit)))..], digits[digit]);
        }

        return 8 + (2 * (count - skipped));
    }

    private static ulong Digit(ReadOnlySpan<byte> source, int place, int count) =>
        place < count ? (ulong)BinaryPrimitives.ReadInt16BigEndian(source[(8 + (2 * place))..]) : 0;

    /// <summary>Reads a number below 10¹⁶ with at most two decimals, four below 10¹²; with the decimals it is shown with.</summary>
    public static decimal Read(ReadOnlySpan<byte> source)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(source);
        var weight = BinaryPrimitives.ReadInt16BigEndian(source[2..]);
        var isNegative = BinaryPrimitives.ReadInt16BigEndian(source[4..]) == Negative;
        var decimals = BinaryPrimitives.ReadInt16BigEndian(source[6..]);
        if (weight is < -1 or > MostWeight || decimals > 4)
        {
            throw new NotSupportedException("Only amounts of money below 10¹⁶ are read this way.");
        }

        ulong whole = 0;
        for (var place = 0; place <= weight; place++)
        {
            whole = (whole * Base) + Digit(source, place, count);
        }

        var scale = Scales[decimals];
        var scaled = (whole * scale) + (Digit(source, weight + 1, count) / (Base / scale));
        return new decimal((int)(uint)scaled, (int)(uint)(scaled >> 32), 0, isNegative, (byte)decimals);
    }
}
