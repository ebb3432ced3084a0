namespace AmoLtv.Core.Syncing;

/// <summary>Where a whole scan of one kind of entity, in ascending order of id, stands.</summary>
/// <param name="NextPage">The page to read next, from 1.</param>
/// <param name="LastId">The highest id stored by this scan, 0 before the first.</param>
/// <param name="BeganAt">When the scan began; a resumed scan keeps its beginning.</param>
/// <param name="Fields">Numbers of the custom fields whose values the scan stores, ascending.</param>
public sealed record ScanCursor(int NextPage, long LastId, bool IsDone, DateTimeOffset BeganAt, IReadOnlyList<long> Fields)
{
    /// <summary>A scan from the first page.</summary>
    public static ScanCursor Begin(DateTimeOffset now, IReadOnlyList<long> fields) => new(1, 0, false, now, fields);
}
