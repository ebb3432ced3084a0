namespace AmoLtv.Core.Syncing;

/// <summary>When changes are looked for again.</summary>
public static class PollRule
{
    /// <summary>How often an account is asked whose hooks do not come.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The pause after so many failures in a row: 1, 2, 4 … minutes, at most half an hour, so that what a long outage kept back is not
    /// much longer late than the outage was.
    /// </summary>
    /// <param name="failures">At least 1.</param>
    public static TimeSpan Pause(int failures) =>
        failures > 11 ? LongestPause : TimeSpan.FromMinutes(Math.Min(Math.Pow(2, failures - 1), LongestPause.TotalMinutes));
}
