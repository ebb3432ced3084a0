using System.Collections.Concurrent;
using System.Globalization;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>
/// Reads a page that the CRM has no time for (504) in smaller pages, and from then on every page of that list. Rows, their order and the
/// page's number stay what they were.
/// </summary>
internal sealed class PageLimits
{
    private readonly ConcurrentDictionary<string, int> _limits = new(StringComparer.Ordinal);

    /// <param name="request">With the parameters <c>page</c> and <c>limit</c>.</param>
    /// <param name="fetch">Reads one page, of the number given, as it is asked for.</param>
    public async Task<Page<T>> ReadAsync<T>(
        CrmRequest request, int number, Func<CrmRequest, int, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken)
    {
        var limit = Limit(request);
        if (_limits.TryGetValue(request.Path, out var known) && known < limit && limit % known == 0)
        {
            return await InPartsAsync(request, number, limit / known, fetch, cancellationToken);
        }

        try
        {
            return await fetch(request, number, cancellationToken);
        }
        catch (CrmException tooLarge) when (tooLarge.Failure == CrmFailure.GatewayTimeout && PageParts.Smaller(limit) is { } smaller)
        {
            _limits.AddOrUpdate(request.Path, smaller, (_, before) => Math.Min(before, smaller));
            return await InPartsAsync(request, number, limit / smaller, fetch, cancellationToken);
        }
    }

    private async Task<Page<T>> InPartsAsync<T>(
        CrmRequest request, int number, int parts, Func<CrmRequest, int, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var unreadable = new List<UnreadableRow>();
        var hasNext = true;
        for (var part = 0; part < parts && hasNext; part++)
        {
            var place = PageParts.First(number, parts) + part;
            var smaller = request.With(("page", Text(place)), ("limit", Text(Limit(request) / parts)));
            var page = await ReadAsync(smaller, place, fetch, cancellationToken);
            rows.AddRange(page.Rows);
            unreadable.AddRange(page.Unreadable);
            hasNext = page.HasNext && page.Rows.Count + page.Unreadable.Count > 0;
        }

        return new Page<T>(number, rows, unreadable, hasNext);
    }

    private static int Limit(CrmRequest request) =>
        request.Query.FirstOrDefault(one => one.Name == "limit").Value is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
