using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>Reads one page of a list.</summary>
internal static class PageJson
{
    /// <param name="baseAddress">Host that a link to the next page must be on.</param>
    /// <param name="list">Name of the list within <c>_embedded</c>.</param>
    /// <param name="read">Reads a row, or throws <see cref="FormatException"/>.</param>
    /// <exception cref="FormatException">The list is missing, or the link to the next page leads to another host.</exception>
    public static Page<T> Read<T>(CrmAnswer answer, int number, Uri baseAddress, string list, Func<JsonElement, T> read)
    {
        if (answer.Body is not { } body)
        {
            return new Page<T>(number, [], [], HasNext: false);
        }

        if (Json.Property(Json.Property(body, "_embedded"), list) is not { ValueKind: JsonValueKind.Array } elements)
        {
            throw new FormatException($"_embedded.{list} is missing");
        }

        var rows = new List<T>(elements.GetArrayLength());
        var unreadable = new List<UnreadableRow>();
        foreach (var element in elements.EnumerateArray())
        {
            try
            {
                rows.Add(read(element));
            }
            catch (FormatException failure)
            {
                unreadable.Add(new UnreadableRow(Json.Integer(element, "id"), failure.Message));
            }
        }

        return new Page<T>(number, rows, unreadable, HasNext(body, baseAddress));
    }

    /// <summary>
    /// The link says only whether there is a further page; its address is built here. A link to another host means that something
    /// between us and the CRM rewrites answers, and the token must not follow it.
    /// </summary>
    private static bool HasNext(JsonElement body, Uri baseAddress)
    {
        var next = Json.Property(Json.Property(body, "_links"), "next");
        if (next is not { } link || Json.Text(link, "href") is not { Length: > 0 } href)
        {
            return false;
        }

        if (!Uri.TryCreate(baseAddress, href, out var address) || !IsSameAccount(address, baseAddress))
        {
            throw new FormatException("the link to the next page leads to another host");
        }

        return true;
    }

    /// <summary>Accounts outside Russia are at kommo.com, and links of theirs are seen that still say amocrm.com.</summary>
    private static bool IsSameAccount(Uri address, Uri baseAddress) =>
        address.Authority == baseAddress.Authority
        || (IsGlobal(address) && IsGlobal(baseAddress) && address.Host.Split('.')[0] == baseAddress.Host.Split('.')[0]);

    private static bool IsGlobal(Uri address) =>
        CrmHost.IsVendor(address) && !address.Host.EndsWith(".amocrm.ru", StringComparison.OrdinalIgnoreCase);
}
