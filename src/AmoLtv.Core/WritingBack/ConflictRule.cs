using System.Globalization;

namespace AmoLtv.Core.WritingBack;

/// <summary>Tells an ordinary change from a field that something else writes too, so that two automations do not write for ever.</summary>
public static class ConflictRule
{
    /// <summary>So many times in a row a foreign value is found before the field is left alone.</summary>
    public const int MostInARow = 2;

    /// <param name="type">Kind of the field.</param>
    /// <param name="lastWritten">What was last written there and confirmed.</param>
    /// <param name="found">What stands there now, different from <paramref name="wanted"/>.</param>
    /// <param name="wanted">What should stand there.</param>
    /// <param name="seenBefore">How many times in a row a foreign value was found before.</param>
    public static ConflictVerdict Judge(OutputType type, string? lastWritten, string? found, string? wanted, int seenBefore)
    {
        if (!string.Equals(lastWritten, wanted, StringComparison.Ordinal))
        {
            return ConflictVerdict.Write;
        }

        if (type == OutputType.Numeric && IsRoundingOf(found, wanted))
        {
            return ConflictVerdict.Rounded;
        }

        return seenBefore + 1 < MostInARow ? ConflictVerdict.WriteAgain : ConflictVerdict.Stop;
    }

    /// <summary>Whether a field still holds what was written into it, with fewer decimals perhaps.</summary>
    /// <param name="type">Kind of the field.</param>
    /// <param name="written">What was written.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="zone">The account's time zone, in which days are cut.</param>
    public static bool IsKept(OutputType type, string? written, string? found, TimeZoneInfo zone) =>
        OutputText.IsSame(type, written, found, zone) || (type == OutputType.Numeric && IsRoundingOf(found, written));

    /// <summary>Whether <paramref name="found"/> is <paramref name="written"/> with fewer decimals, rounded or cut off.</summary>
    private static bool IsRoundingOf(string? found, string? written)
    {
        if (Number(found) is not { } held || Number(written) is not { } ours)
        {
            return false;
        }

        var decimals = Decimals(found!);
        return decimals < Decimals(written!)
            && (decimal.Round(ours, decimals, MidpointRounding.AwayFromZero) == held
                || decimal.Round(ours, decimals, MidpointRounding.ToEven) == held
                || decimal.Round(ours, decimals, MidpointRounding.ToZero) == held);
    }

    private static int Decimals(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : number.AsSpan(point + 1).TrimEnd('0').Length;
    }

    private static decimal? Number(string? text) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
