namespace AmoLtv.AmoCrm.Transport;

/// <summary>The arithmetic of evenly spaced requests, apart from the loop that waits. Times are measured from any fixed origin.</summary>
public static class PacingRule
{
    /// <summary>
    /// When the next request may go. Slots are counted from the previous slot, not from the moment a timer happened to fire,
    /// so that lateness of timers does not add up. Lateness of more than a quarter of an interval is not made up for:
    /// a machine that stood still must not send in a burst what it missed.
    /// </summary>
    /// <param name="previous">The slot of the previous request, null before the first.</param>
    public static TimeSpan NextSlot(TimeSpan? previous, TimeSpan interval, TimeSpan now)
    {
        if (previous is not { } last)
        {
            return now;
        }

        return TimeOrder.Later(last + interval, now - (interval / 4));
    }

    /// <summary>Seconds between two requests.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive.</exception>
    public static TimeSpan Interval(double requestsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestsPerSecond);
        return TimeSpan.FromSeconds(1 / requestsPerSecond);
    }
}
