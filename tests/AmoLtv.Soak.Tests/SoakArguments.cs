using System.Globalization;

namespace AmoLtv.Soak;

/// <summary>What is to be run.</summary>
/// <param name="Seeds">How many seeds.</param>
/// <param name="From">The first of them.</param>
/// <param name="AtOnce">How many side by side.</param>
internal sealed record SoakArguments(int Seeds, int From, int AtOnce)
{
    /// <summary>Seeds wait most of the time: for the permitted rate, and for pauses before a repeat.</summary>
    public const int DefaultAtOnce = 6;

    public const string Usage = "--seeds N (50)  --from S (1)  --at-once N (6, 1 to 32)";

    /// <summary>Null where they cannot be understood.</summary>
    public static SoakArguments? Parse(IReadOnlyList<string> arguments)
    {
        var asked = new SoakArguments(50, 1, DefaultAtOnce);
        for (var place = 0; place < arguments.Count; place += 2)
        {
            if (place + 1 >= arguments.Count || !int.TryParse(arguments[place + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            asked = arguments[place] switch
            {
                "--seeds" => asked with { Seeds = number },
                "--from" => asked with { From = number },
                "--at-once" when number is >= 1 and <= 32 => asked with { AtOnce = number },
                _ => asked with { Seeds = 0 },
            };
        }

        return asked.Seeds > 0 ? asked : null;
    }
}
