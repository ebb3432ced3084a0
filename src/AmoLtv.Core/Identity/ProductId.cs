using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>An element of one of the account's lists, as sold: the CRM names it by both numbers. Written <c>catalog:element</c>.</summary>
public readonly record struct ProductId(long Catalog, long Element)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Catalog}:{Element}");

    /// <returns>False where the text is no pair of numbers.</returns>
    public static bool TryParse(string? text, out ProductId product)
    {
        product = default;
        if (text?.Split(':') is not [var catalog, var element]
            || !long.TryParse(catalog, NumberStyles.None, CultureInfo.InvariantCulture, out var list)
            || !long.TryParse(element, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        product = new ProductId(list, number);
        return true;
    }
}
