using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>A product of a purchase.</summary>
/// <param name="Quantity">Above 0.</param>
/// <param name="Price">Of one unit, as the list has it today; null where it has none.</param>
public readonly record struct SoldItem(ProductId Product, decimal Quantity, decimal? Price);
