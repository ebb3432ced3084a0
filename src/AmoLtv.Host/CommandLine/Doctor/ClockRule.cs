using System.Globalization;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>How far two clocks may be apart. Tokens are renewed by this machine's, leases are held by the database's, tokens end by the CRM's.</summary>
internal static class ClockRule
{
    public const string Name = "clock";

    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Harmful = TimeSpan.FromMinutes(2);

    /// <param name="skew">The other clock less this machine's.</param>
    /// <param name="other">Whose the other clock is, as in "the database's".</param>
    public static Finding Judge(TimeSpan skew, string other)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"This machine's clock is {Math.Abs(skew.TotalSeconds):0.0} s {(skew > TimeSpan.Zero ? "behind" : "ahead of")} {other}.");
        const string Next = "Switch on time synchronisation on both machines: timedatectl set-ntp true";
        return skew.Duration() switch
        {
            var apart when apart >= Harmful => Finding.Failed(Name, words, Next),
            var apart when apart >= Noticed => Finding.Warning(Name, words, Next),
            _ => Finding.Ok(Name, words),
        };
    }
}
