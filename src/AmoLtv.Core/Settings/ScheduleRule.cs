namespace AmoLtv.Core.Settings;

/// <summary>When the night of an account comes.</summary>
public static class ScheduleRule
{
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
