using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>When the night of an account comes.</summary>
public static class ScheduleRule
{
    /// <summary>Nights set for one time of the clock begin spread over so long after it: most accounts keep the time they were given.</summary>
    public static TimeSpan Spread { get; } = TimeSpan.FromMinutes(30);

    /// <summary>The account's first night after <paramref name="after"/>: its local time, and always the same part of <see cref="Spread"/> later.</summary>
    public static DateTimeOffset Next(DateTimeOffset after, TimeOnly time, TimeZoneInfo zone, AccountId account)
    {
        var later = Later(account);
        return Next(after - later, time, zone) + later;
    }

    /// <summary>
    /// The night to hold for an account whose nights until <paramref name="since"/> are held: the latest that has come since,
    /// once however many were missed, and where none has come, the first to come.
    /// </summary>
    public static DateTimeOffset Owed(DateTimeOffset since, DateTimeOffset now, TimeOnly time, TimeZoneInfo zone, AccountId account)
    {
        // A clock that was far ahead may have left such a moment: it does not keep the nights away until then.
        var held = since > now.AddDays(1) ? now : since;
        var night = Next(held, time, zone, account);
        // A day of the calendar has 25 hours at most: two days before now, at least one night lies between.
        var nearNow = night > now ? night : Next(Max(held, now.AddDays(-2)), time, zone, account);
        for (var later = nearNow; later <= now; later = Next(later, time, zone, account))
        {
            nearNow = later;
        }

        return nearNow;
    }

    /// <summary>
    /// The first moment after <paramref name="after"/> at which the local clock shows <paramref name="time"/>.
    /// A time skipped by daylight saving is taken at the next minute that exists, a repeated one at its first occurrence alone.
    /// </summary>
    public static DateTimeOffset Next(DateTimeOffset after, TimeOnly time, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        while (true)
        {
            var moment = MomentOf(day, time, zone);
            if (moment > after)
            {
                return moment;
            }

            day = day.AddDays(1);
        }
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Whole seconds. Accounts installed one after the other have numbers close to each other: multiplied by the golden ratio they lie far apart (Knuth, TAOCP 3, 6.4).</summary>
    private static TimeSpan Later(AccountId account)
    {
        const ulong golden = 0x9E3779B97F4A7C15;
        var part = unchecked((ulong)account.Value * golden) >> 32;
        return TimeSpan.FromSeconds((long)(part * (ulong)Spread.TotalSeconds >> 32));
    }

    private static DateTimeOffset MomentOf(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
            while (zone.IsInvalidTime(local))
            {
                local = local.AddMinutes(1);
            }
        }

        // The larger offset is the earlier of two moments with one local time.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
