using System.Globalization;
using AmoLtv.Sandbox.Control;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Page, limit and order of a list request.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Limit">1..250; 50 when not sent.</param>
internal sealed record ListQuery(int Page, int Limit, SortBy Key, bool Descending)
{
    private const int DefaultLimit = 50;

    /// <summary>Null when the limit is above the highest one: 422.</summary>
    public static ListQuery? Read(ApiCall call, int highest = 250)
    {
        var query = call.Query;
        var limit = Number(query["limit"]) ?? DefaultLimit;
        if (limit > highest)
        {
            return null;
        }

        var (key, descending) = Order(query);
        var size = Math.Max(1, limit);
        var shift = Exchange.FaultOf(call.Http) switch
        {
            { Kind: FaultKind.DuplicatePage } => -size,
            { Kind: FaultKind.ShiftedPage, Rows: var rows } => -rows,
            { Kind: FaultKind.SkippedRows, Rows: var rows } => rows,
            _ => 0,
        };
        return new ListQuery(Math.Max(1, Number(query["page"]) ?? 1), size, key, descending) { Shift = shift };
    }

    /// <summary>The first row's place.</summary>
    public long Skip => Math.Max(0, ((long)(Page - 1) * Limit) + Shift);

    /// <summary>Rows by which an ordered failure shifts the page.</summary>
    private int Shift { get; init; }

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
