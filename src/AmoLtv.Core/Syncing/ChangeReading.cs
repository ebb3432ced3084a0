namespace AmoLtv.Core.Syncing;

/// <summary>
/// A reading of changed entities, newest first. New changes join at the top and push rows down, so that a row may be seen twice but none
/// slips by; what changes again meanwhile is newer than this reading's cursor and comes with the next one.
/// <para>
/// The same arithmetic serves with and without the CRM's paid filters: without them the list goes on beyond the window, and the reading
/// ends at the first page that does. A CRM that also ignores the order is found out by looking at the rows.
/// </para>
/// </summary>
/// <param name="Window">The changes wanted.</param>
public sealed record ChangeReading(ChangeWindow Window)
{
    public ChangeReadingState State { get; private init; }

    /// <summary>The newest change at the moment of the first page, null where there was none; the cursor of the next reading.</summary>
    public DateTimeOffset? Newest { get; private init; }

    private DateTimeOffset? Last { get; init; }

    private bool IsOrdered { get; init; } = true;

    private bool IsBegun { get; init; }

    /// <summary>The reading after one more page.</summary>
    /// <param name="changedAt">Times of change of its rows, in their order.</param>
    /// <param name="hasNext">Whether the CRM offers a further page.</param>
    public ChangeReading Take(IReadOnlyList<DateTimeOffset> changedAt, bool hasNext)
    {
        var isOrdered = IsOrdered && IsDescending(changedAt);
        var isWithin = changedAt.All(Window.Holds);
        return this with
        {
            IsBegun = true,
            IsOrdered = isOrdered,
            Last = changedAt.Count == 0 ? Last : changedAt[^1],
            Newest = IsBegun && isOrdered ? Newest : Later(Newest, changedAt),
            State = (hasNext, isOrdered, isWithin) switch
            {
                (false, _, _) => ChangeReadingState.Done,
                (true, true, _) when changedAt.Count > 0 && changedAt[^1] < Window.From => ChangeReadingState.Done,
                (true, true, _) or (true, false, true) => ChangeReadingState.Reading,
                _ => ChangeReadingState.Unusable,
            },
        };
    }

    private bool IsDescending(IReadOnlyList<DateTimeOffset> changedAt)
    {
        var before = Last;
        foreach (var moment in changedAt)
        {
            if (moment > before)
            {
                return false;
            }

            before = moment;
        }

        return true;
    }

    private static DateTimeOffset? Later(DateTimeOffset? newest, IReadOnlyList<DateTimeOffset> changedAt)
    {
        foreach (var moment in changedAt)
        {
            newest = newest is null || moment > newest ? moment : newest;
        }

        return newest;
    }
}
