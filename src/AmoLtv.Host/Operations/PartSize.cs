using System.Globalization;

namespace AmoLtv.Host.Operations;

/// <summary>How much of a list is asked for, and where it goes on.</summary>
public static class PartSize
{
    private const int Usual = 50;
    private const int Most = 200;

    /// <summary>1 to 200; another number is taken for the nearer of them.</summary>
    public static int Of(int? limit) => Math.Clamp(limit ?? Usual, 1, Most);

    /// <param name="found">One more than <paramref name="limit"/>, where there are more.</param>
    /// <param name="limit">As asked for.</param>
    /// <param name="cursor">What names a row's place.</param>
    public static ListPart<T> Part<T>(IReadOnlyList<T> found, int limit, Func<T, string> cursor) => found.Count > limit
        ? new ListPart<T>([.. found.Take(limit)], cursor(found[limit - 1]))
        : new ListPart<T>(found, null);

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
