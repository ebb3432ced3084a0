namespace AmoLtv.Core.Syncing;

/// <summary>
/// The arithmetic of a scan by pages over a list that changes meanwhile. New entities get higher ids and join at the end. A deleted
/// one moves all later ones up, so that a row can slip from the page not read yet to the page already read.
/// </summary>
public static class ScanPlan
{
    /// <summary>A scan left longer ago than this begins anew: what its first pages stored has aged.</summary>
    public static readonly TimeSpan LongestBreak = TimeSpan.FromHours(12);

    /// <summary>
    /// Where to go on. A scan of other fields or one too old begins anew. A resumed one reads its last page once more, so that rows
    /// that moved up by at most a page during the break are met again.
    /// </summary>
    /// <param name="saved">Null where no scan was left.</param>
    public static ScanCursor Resume(ScanCursor? saved, DateTimeOffset now, IReadOnlyList<long> fields)
    {
        if (saved is null || now - saved.BeganAt > LongestBreak || !saved.Fields.SequenceEqual(fields))
        {
            return ScanCursor.Begin(now, fields);
        }

        return saved.IsDone ? saved : saved with { NextPage = Math.Max(1, saved.NextPage - 1) };
    }

    /// <summary>
    /// Whether rows may have slipped by during a break: the page read once more no longer reaches back to the last id stored.
    /// The scan must then begin at the first page.
    /// </summary>
    /// <param name="ids">Ids of the first page read after the break.</param>
    public static bool MustRestart(ScanCursor resumed, IReadOnlyList<long> ids) =>
        resumed.LastId > 0 && resumed.NextPage > 1 && (ids.Count == 0 || ids[0] > resumed.LastId);

    /// <summary>
    /// The ids a page speaks for: above the last one stored, up to its own last; the last page speaks for all above.
    /// A stored id within that is not on the page has either been deleted or moved to another page meanwhile: a suspect, to be asked for
    /// by its number before anything is believed. Null where the page is not in ascending order and so speaks for nothing.
    /// </summary>
    public static IdRange? Covered(ScanCursor cursor, IReadOnlyList<long> ids, bool hasNext)
    {
        for (var index = 1; index < ids.Count; index++)
        {
            if (ids[index] <= ids[index - 1])
            {
                return null;
            }
        }

        var to = hasNext ? (ids.Count == 0 ? cursor.LastId : ids[^1]) : long.MaxValue;
        return new IdRange(cursor.LastId, to);
    }

    /// <summary>Stored ids of a range that its page did not show.</summary>
    public static IReadOnlyList<long> Suspects(IEnumerable<long> stored, IEnumerable<long> shown)
    {
        var onPage = shown.ToHashSet();
        return [.. stored.Where(id => !onPage.Contains(id))];
    }

    /// <summary>The cursor after a page, saved in the transaction that stores the page.</summary>
    public static ScanCursor Advance(ScanCursor cursor, int page, IReadOnlyList<long> ids, bool hasNext) =>
        cursor with
        {
            NextPage = page + 1,
            LastId = ids.Count == 0 ? cursor.LastId : Math.Max(cursor.LastId, ids.Max()),
            IsDone = !hasNext,
        };
}
