namespace AmoLtv.AmoCrm.Transport;

/// <summary>The later and the earlier of two times, or the longer and the shorter of two durations.</summary>
internal static class TimeOrder
{
    public static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    public static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
