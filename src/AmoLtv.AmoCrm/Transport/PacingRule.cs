namespace AmoLtv.AmoCrm.Transport;

/// <summary>The arithmetic of evenly spaced requests, apart from the loop that waits. Times are measured from any fixed origin.</summary>
public static class PacingRule
{
    /// <summary>
    /// When the next request may go. Slots are counted from the previous slot, not from the moment a timer happened to fire,
    /// so that lateness of timers does not add up. A caller that comes late may catch up by half an interval and no more:
    /// any window of one second then holds at most one request above the permitted rate.
    /// </summary>
    /// <param name="previous">The slot of the previous request, null before the first.</param>
    public static TimeSpan NextSlot(TimeSpan? previous, TimeSpan interval, TimeSpan now)
    {
        if (previous is not { } last)
        {
            return now;
        }

        var next = last + interval;
        var earliest = now - (interval / 2);
        return next > earliest ? next : earliest;
    }

    /// <summary>Seconds between two requests.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive.</exception>
    public static TimeSpan Interval(double requestsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestsPerSecond);
        return TimeSpan.FromSeconds(1 / requestsPerSecond);
    }
}
