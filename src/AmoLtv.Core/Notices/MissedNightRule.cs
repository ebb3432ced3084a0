using System.Globalization;

namespace AmoLtv.Core.Notices;

/// <summary>
/// Whether a night did not take place: one that could not get its account leaves no run behind that could have failed. Nights come once a
/// day, at a time that the account sets; where none has ended for longer than a day and its repeats take, one was missed.
/// </summary>
public static class MissedNightRule
{
    /// <summary>A day, an hour of a clock that is put forward or back, and the three hours in which a night that failed is tried again.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromHours(28);

    /// <summary>A calculation that has been under way for longer does not count as the night that is waited for.</summary>
    public static readonly TimeSpan LongestNight = TimeSpan.FromHours(12);

    /// <summary>A refusal that lasts so long needs somebody: nights do not begin, and waiting for one to be missed would waste a day.</summary>
    public static readonly TimeSpan LongRefusal = TimeSpan.FromHours(1);

    /// <returns>Why, in the service's words; null where no night was missed.</returns>
    public static string? Read(NightFacts facts, DateTimeOffset now)
    {
        if (now - facts.RefusedSince >= LongRefusal)
        {
            return string.Create(CultureInfo.InvariantCulture, $"No night can begin: since {facts.RefusedSince:yyyy-MM-dd HH:mm} UTC {facts.Obstacle}.");
        }

        if (now - facts.Since <= Overdue || now - facts.RunningSince <= LongestNight)
        {
            return null;
        }

        var words = string.Create(CultureInfo.InvariantCulture, $"no whole calculation has ended since {facts.Since:yyyy-MM-dd HH:mm} UTC");
        return facts.Obstacle is { } obstacle ? $"The night could not begin: {words}; {obstacle}." : $"The night could not begin: {words}.";
    }
}
