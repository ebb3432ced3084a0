namespace AmoLtv.Host.Analytics.Products;

/// <summary>Prices of a product in its list.</summary>
/// <param name="Usual">Of the field that lists of products have for it.</param>
/// <param name="ByField">Of every price field, by its number.</param>
internal sealed record ListPrices(decimal? Usual, IReadOnlyDictionary<long, decimal> ByField)
{
    /// <summary>The price that was chosen with the product; the usual one where none was, or the list has that field no more.</summary>
    public decimal? Of(long? field) => field is { } chosen && ByField.TryGetValue(chosen, out var price) ? price : Usual;
}
