namespace AmoLtv.Core.Syncing;

/// <summary>How cards are read by their numbers, at the least cost in requests.</summary>
public static class FetchPlan
{
    /// <summary>
    /// Numbers asked for at once: of the 250 that a page holds, so many that the address stays under the 8 KB a server reads.
    /// </summary>
    public const int BatchSize = 200;

    private const int PageSize = 250;

    /// <summary>Up to here single requests are not worth thinking about.</summary>
    private const int FewRequests = 20;

    /// <summary>Whether the whole list is so short that reading it is not worth avoiding.</summary>
    /// <param name="stored">Cards of the kind that are stored.</param>
    public static bool IsScanSmall(long stored) => stored <= FewRequests * PageSize / 4;

    public static IEnumerable<long[]> Batches(IEnumerable<long> ids) => ids.Distinct().Order().Chunk(BatchSize);

    /// <summary>
    /// Whether reading the whole list costs less than asking for each number by itself, which is all that is left where the CRM
    /// does not honour filters.
    /// </summary>
    /// <param name="ids">Numbers to ask for.</param>
    /// <param name="stored">Cards of the kind that are stored.</param>
    public static bool IsScanCheaper(int ids, long stored) => ids > FewRequests && ids > (stored / PageSize) + 1;
}
