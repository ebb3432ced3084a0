namespace AmoLtv.Core.Syncing;

/// <summary>When changes are looked for again.</summary>
public static class PollRule
{
    /// <summary>How often an account is asked whose hooks do not come.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <summary>How long an account rests after a whole sync that only the CRM's silence about changes asks for again.</summary>
    public static readonly TimeSpan WholeRest = TimeSpan.FromHours(6);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>From when on an account may be read whole again whose CRM does not tell what changed: soon, and not all the time.</summary>
    /// <param name="wholeAt">End of the last whole sync; null before the first.</param>
    public static DateTimeOffset WholeFrom(DateTimeOffset? wholeAt, DateTimeOffset now) => wholeAt + WholeRest is { } rested && rested > now ? rested : now;

    /// <summary>
    /// The pause after so many failures in a row: 1, 2, 4 … minutes, at most half an hour, so that what a long outage kept back is not
    /// much longer late than the outage was.
    /// </summary>
    /// <param name="failures">At least 1.</param>
    public static TimeSpan Pause(int failures) =>
        failures > 11 ? LongestPause : TimeSpan.FromMinutes(Math.Min(Math.Pow(2, failures - 1), LongestPause.TotalMinutes));
}
