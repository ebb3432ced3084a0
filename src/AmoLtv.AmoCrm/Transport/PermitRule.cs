namespace AmoLtv.AmoCrm.Transport;

/// <summary>The arithmetic of leasing slots of a shared schedule, apart from who asks whom.</summary>
public static class PermitRule
{
    /// <summary>What a lease lasts at the most. Shorter, and the database is asked more often; longer, and a person waits longer behind other processes.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(1);

    /// <summary>How far ahead a night may take slots. With <see cref="Span"/> it bounds what a person waits behind other processes.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(0.75);

    /// <summary>
    /// Of the whole rate, what goes without asking anybody: at the default 6 of the CRM's 7 a second this is just what the
    /// CRM allows beyond that, so that processes that still can ask are not disturbed.
    /// </summary>
    private const int UnsharedPart = 6;

    private static readonly TimeSpan LongestSpan = TimeSpan.FromSeconds(30);

    /// <summary>The most slots of a lease: those of <see cref="Span"/>, or of four journeys to a schedule that answers slowly.</summary>
    public static int Most(TimeSpan interval, TimeSpan journey)
    {
        var span = Clamp(journey * 4, Span, LongestSpan);
        return Math.Max(1, (int)Math.Round(span / interval));
    }

    /// <summary><see cref="Ahead"/>, or three journeys to a schedule that answers slowly.</summary>
    public static TimeSpan AheadOf(TimeSpan journey) => Clamp(journey * 3, Ahead, LongestSpan);

    /// <summary>
    /// How many slots to ask for: enough for who waits, twice the last lease while all of it is used, less once some was lost.
    /// So a flow of requests soon asks once a second, and a single one takes nothing from others.
    /// </summary>
    /// <param name="last">Slots of the last lease, 0 before the first.</param>
    /// <param name="lost">Slots that were leased and not used since.</param>
    public static int Slots(int last, int lost, int waiting, int most)
    {
        var wanted = lost == 0 ? last * 2 : last - lost;
        return Math.Clamp(Math.Max(wanted, waiting), 1, most);
    }

    /// <summary>Time between two requests of a process that cannot ask the schedule.</summary>
    /// <param name="processes">That share the rate, at least 1.</param>
    public static TimeSpan UnsharedInterval(TimeSpan interval, int processes) => interval * UnsharedPart * processes;

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) => TimeOrder.Earlier(TimeOrder.Later(value, least), most);
}
