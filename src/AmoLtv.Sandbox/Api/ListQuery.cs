using System.Globalization;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Page, limit and order of a list request.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Limit">1..250; 50 when not sent.</param>
internal sealed record ListQuery(int Page, int Limit, SortBy Key, bool Descending)
{
    private const int DefaultLimit = 50;

    /// <summary>Null when the limit is above the highest one: 422.</summary>
    public static ListQuery? Read(IQueryCollection query, int highest = 250)
    {
        var limit = Number(query["limit"]) ?? DefaultLimit;
        if (limit > highest)
        {
            return null;
        }

        var (key, descending) = Order(query);
        return new ListQuery(Math.Max(1, Number(query["page"]) ?? 1), Math.Max(1, limit), key, descending);
    }

    /// <summary>The first row's place.</summary>
    public long Skip => (long)(Page - 1) * Limit;

    private static (SortBy Key, bool Descending) Order(IQueryCollection query)
    {
        foreach (var (name, key) in (ReadOnlySpan<(string, SortBy)>)[("order[updated_at]", SortBy.UpdatedAt), ("order[created_at]", SortBy.CreatedAt), ("order[id]", SortBy.Id)])
        {
            if (query.TryGetValue(name, out var direction))
            {
                return (key, string.Equals(direction, "desc", StringComparison.OrdinalIgnoreCase));
            }
        }

        return (SortBy.Id, false);
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
