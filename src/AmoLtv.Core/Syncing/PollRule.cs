namespace AmoLtv.Core.Syncing;

/// <summary>When changes are looked for again.</summary>
public static class PollRule
{
    /// <summary>How often an account is asked whose hooks do not come.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>
    /// The pause after so many failures in a row: 1, 2, 4 … minutes, at most a day. An account that is unpaid or closed is asked once a day then;
    /// whatever comes by hook meanwhile is kept.
    /// </summary>
    /// <param name="failures">At least 1.</param>
    public static TimeSpan Pause(int failures) =>
        failures > 11 ? LongestPause : TimeSpan.FromMinutes(Math.Min(Math.Pow(2, failures - 1), LongestPause.TotalMinutes));
}
