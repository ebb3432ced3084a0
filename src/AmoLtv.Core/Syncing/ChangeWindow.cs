namespace AmoLtv.Core.Syncing;

/// <summary>Which changes are asked for, by the CRM's own times; both ends included.</summary>
public sealed record ChangeWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>
    /// How far back a reading goes beyond the last one. Times are whole seconds, a change may become visible a little after the moment
    /// it bears, and whether the CRM includes the ends of a range is not documented. Reading a change twice changes nothing.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>The end lies far ahead: the CRM's clock need not agree with ours, and it wants both ends named.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(366);

    /// <param name="cursor">The newest change of the last reading.</param>
    /// <param name="now">By our clock.</param>
    public static ChangeWindow Since(DateTimeOffset cursor, DateTimeOffset now) => new(cursor - Overlap, now + Ahead);

    public bool Holds(DateTimeOffset moment) => moment >= From && moment <= To;

    /// <summary>
    /// The cursor after a reading. It never goes back, and never beyond our own clock: an entity that bears a time of the future,
    /// which the CRM lets integrations write, would hide everything until then.
    /// </summary>
    /// <param name="newest">The newest change seen; null where there was none.</param>
    public static DateTimeOffset Advance(DateTimeOffset cursor, DateTimeOffset? newest, DateTimeOffset now)
    {
        var seen = newest > now ? now : newest;
        return seen > cursor ? seen.Value : cursor;
    }
}
