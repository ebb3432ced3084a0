using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>What one product gave to a purchase.</summary>
/// <param name="Units">Above 0.</param>
/// <param name="Revenue">Its part of the purchase's amount.</param>
/// <param name="IsShared">Whether the amount was shared out among several products; false: it is known, the product was the only one.</param>
public readonly record struct ProductShare(ProductId Product, decimal Units, decimal Revenue, bool IsShared);
