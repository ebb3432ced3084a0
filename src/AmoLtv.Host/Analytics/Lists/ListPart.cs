using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Which part of a list is wanted, and in which order.</summary>
public sealed record ListPart
{
    /// <summary>Name of a column, <c>-</c> before it for the largest first; null: the list's own order.</summary>
    public string? Order { get; init; }

    /// <summary>As <see cref="ListPage{T}.Next"/> gave it; null: the first part.</summary>
    public string? Cursor { get; init; }

    /// <summary>1 to 200; another number is taken for the nearer of them.</summary>
    public int? Limit { get; init; }

    internal int Rows => PageSize.Of(Limit);
}
