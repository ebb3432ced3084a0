using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>
/// A page that is the page before it once more came from a cache or a proxy: its own rows would be missing, and nobody would know.
/// It is asked for again.
/// </summary>
internal static class PageRepeats
{
    private const int Repeats = 2;

    /// <exception cref="CrmException">The CRM goes on giving the page before.</exception>
    public static async Task<Page<T>> NotAgainAsync<T>(
        Page<T> previous, Page<T> page, Func<int, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken)
    {
        for (var repeat = 0; IsSame(previous, page); repeat++)
        {
            if (repeat == Repeats)
            {
                throw new CrmException(CrmFailure.UnreadableAnswer, $"Reading page {page.Number} (the CRM gives page {previous.Number} again)");
            }

            page = await fetch(page.Number, cancellationToken);
        }

        return page;
    }

    public static bool IsSame<T>(Page<T> one, Page<T> other) =>
        one.Rows.Count > 0 && one.Rows.Count == other.Rows.Count && one.Rows.Select(Identity).SequenceEqual(other.Rows.Select(Identity));

    private static object? Identity<T>(T row) => row is ICrmRow known ? known.Key : row;
}
