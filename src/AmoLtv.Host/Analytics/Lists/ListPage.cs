namespace AmoLtv.Host.Analytics.Lists;

/// <summary>A part of a list.</summary>
/// <param name="Items">Rows in the order asked for.</param>
/// <param name="Next">To be given as <c>cursor</c> for the part that follows; null at the end.</param>
/// <param name="Total">Of the whole list; with its first part alone, null later.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next, ListTotal? Total);
