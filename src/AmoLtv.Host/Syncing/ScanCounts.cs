namespace AmoLtv.Host.Syncing;

/// <summary>What reading cards of one kind did.</summary>
/// <param name="MissedAdded">Of the added, those that had to be known before.</param>
/// <param name="MissedChanged">Of the changed, those whose change had to be known before.</param>
internal sealed record ScanCounts(
    long Read, long Added, long Changed, long Deleted, long Unreadable, long MissedAdded = 0, long MissedChanged = 0)
{
    public static readonly ScanCounts None = new(0, 0, 0, 0, 0);

    /// <summary>Whether anything is other than it was stored.</summary>
    public bool IsChange => Added + Changed + Deleted > 0;

    public static ScanCounts operator +(ScanCounts left, ScanCounts right) => new(
        left.Read + right.Read, left.Added + right.Added, left.Changed + right.Changed,
        left.Deleted + right.Deleted, left.Unreadable + right.Unreadable,
        left.MissedAdded + right.MissedAdded, left.MissedChanged + right.MissedChanged);
}
