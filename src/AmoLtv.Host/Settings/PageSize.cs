using System.Globalization;

namespace AmoLtv.Host.Settings;

/// <summary>How much of a list is asked for.</summary>
public static class PageSize
{
    private const int Most = 200;

    public static int Of(int? limit) => Math.Clamp(limit ?? 50, 1, Most);

    /// <summary>A page of what was found.</summary>
    /// <param name="found">One more than asked for, where there are more.</param>
    /// <param name="limit">As asked for.</param>
    /// <param name="number">By which items are ordered, falling.</param>
    public static Paged<T> Page<T>(IReadOnlyList<T> found, int limit, Func<T, long> number) => found.Count > limit
        ? new Paged<T>([.. found.Take(limit)], number(found[limit - 1]).ToString(CultureInfo.InvariantCulture))
        : new Paged<T>(found, null);

    /// <summary>The cursor as it was given out; anything else begins at the newest.</summary>
    public static long? Cursor(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
