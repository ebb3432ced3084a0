using System.Globalization;

namespace AmoLtv.Soak;

/// <summary>A random line of faults for the sandbox, from none to a CRM that hardly answers.</summary>
internal static class FaultMix
{
    private static readonly (double Usual, string Line)[] Kinds =
    [
        (0.20, "latency,p={0},ms=25"),
        (0.02, "429,p={0},burst=3,retryAfter=1"),
        (0.02, "429,p={0},burst=2"),
        (0.01, "403,p={0},burst=2"),
        (0.03, "500,p={0}"),
        (0.02, "502,p={0},burst=2"),
        (0.02, "503,p={0}"),
        (0.02, "504,p={0}"),
        (0.02, "html,p={0}"),
        (0.03, "truncated,p={0}"),
        (0.03, "reset,p={0}"),
        (0.03, "lost,p={0}"),
        (0.10, "lost,p={0},method=PATCH"),
        (0.005, "402,p={0}"),
        (0.005, "timeout,p={0},ms=200"),
        (0.20, "duplicate,p={0}"),
        (0.20, "shift,p={0},rows=7"),
        (0.005, "skew,p={0},seconds=20"),
        (0.005, "skew,p={0},seconds=-20"),
        (0.30, "lost,p={0},path=/oauth2/access_token"),
        (0.20, "500,p={0},path=/oauth2/access_token"),
    ];

    public static string Of(Random random)
    {
        // One round in six goes undisturbed, another is nothing but trouble.
        var strength = random.Next(6) switch { 0 => 0, 1 => 3.0, _ => 1.0 };
        var lines = Kinds
            .Where(_ => random.NextDouble() < 0.5)
            .Select(kind => string.Format(CultureInfo.InvariantCulture, kind.Line, Math.Round(Math.Min(1, kind.Usual * strength * (0.5 + random.NextDouble())), 4)));
        return strength == 0 ? "" : string.Join(';', lines);
    }
}
