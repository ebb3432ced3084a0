namespace AmoLtv.Host.Syncing;

/// <summary>What a scan did.</summary>
internal sealed record ScanCounts(long Read, long Added, long Changed, long Deleted, long Unreadable)
{
    public static readonly ScanCounts None = new(0, 0, 0, 0, 0);

    public static ScanCounts operator +(ScanCounts left, ScanCounts right) => new(
        left.Read + right.Read, left.Added + right.Added, left.Changed + right.Changed,
        left.Deleted + right.Deleted, left.Unreadable + right.Unreadable);
}
