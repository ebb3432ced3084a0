using System.Globalization;

namespace AmoLtv.Host.Settings;

/// <summary>How much of a list is asked for, and where it goes on.</summary>
public static class PageSize
{
    private const int Usual = 50;
    private const int Most = 200;

    /// <summary>1 to 200; another number is taken for the nearer of them.</summary>
    public static int Of(int? limit) => Math.Clamp(limit ?? Usual, 1, Most);

    /// <summary>A page of what was found.</summary>
    /// <param name="found">One more than asked for, where there are more.</param>
    /// <param name="limit">As asked for.</param>
    /// <param name="cursor">What names a row's place.</param>
    public static Paged<T> Page<T>(IReadOnlyList<T> found, int limit, Func<T, string> cursor) => found.Count > limit
        ? new Paged<T>([.. found.Take(limit)], cursor(found[limit - 1]))
        : new Paged<T>(found, null);

    /// <inheritdoc cref="Page{T}(IReadOnlyList{T}, int, Func{T, string})"/>
    /// <param name="found">One more than asked for, where there are more.</param>
    /// <param name="limit">As asked for.</param>
    /// <param name="number">By which rows are ordered, falling.</param>
    public static Paged<T> Page<T>(IReadOnlyList<T> found, int limit, Func<T, long> number) =>
        Page(found, limit, row => number(row).ToString(CultureInfo.InvariantCulture));

    /// <summary>A cursor of one number as it was given out; anything else begins at the first row.</summary>
    public static long? Cursor(string? text) => Numbers(text, 1)?[0];

    /// <summary>A cursor of some whole numbers as it was given out; null for anything else, which begins at the first row.</summary>
    public static long[]? Numbers(string? cursor, int count)
    {
        var parts = cursor?.Split('-') ?? [];
        if (parts.Length != count)
        {
            return null;
        }

        var numbers = new long[count];
        for (var place = 0; place < count; place++)
        {
            if (!long.TryParse(parts[place], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[place]))
            {
                return null;
            }
        }

        return numbers;
    }
}
