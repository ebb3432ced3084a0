using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Catalogs;

/// <summary>An element of a list.</summary>
/// <param name="Price">Of the field coded PRICE; null where it has none.</param>
/// <param name="Prices">Of all its price fields.</param>
public sealed record CrmProduct(ProductId Id, string Name, decimal? Price, IReadOnlyDictionary<FieldId, decimal> Prices, bool IsDeleted);
