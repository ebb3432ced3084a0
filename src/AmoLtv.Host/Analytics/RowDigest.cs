using System.Runtime.InteropServices;

namespace AmoLtv.Host.Analytics;

/// <summary>
/// A number of what a kept row says, the same in every process: rows whose numbers are equal are taken for equal (of 2⁶⁴, and a night
/// compares each row with its own yesterday alone). Mixed by the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct RowDigest
{
    private const ulong Missing = 0x6A09E667F3BCC909;
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    public readonly long Value => (long)_state;

    public void Add(long? value) => AddWord(value is { } known ? (ulong)known : Missing);

    public void Add(DateOnly? value) => Add((long?)value?.DayNumber);

    /// <summary>10.0 is another than 10: a row that was computed otherwise may be written once more than it had to.</summary>
    public void Add(decimal? value)
    {
        if (value is not { } known)
        {
            AddWord(Missing);
            return;
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(known, bits);
        AddWord(((ulong)(uint)bits[0] << 32) | (uint)bits[1]);
        AddWord(((ulong)(uint)bits[2] << 32) | (uint)bits[3]);
    }

    public void Add(string? value)
    {
        AddWord(value is null ? Missing : (ulong)value.Length);
        foreach (var letter in value ?? "")
        {
            AddWord(letter);
        }
    }

    private void AddWord(ulong word)
    {
        var mixed = (_state ^ word) + Step;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        _state = mixed ^ (mixed >> 31);
    }
}
