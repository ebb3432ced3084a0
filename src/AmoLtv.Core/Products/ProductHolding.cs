using System.Runtime.InteropServices;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>What a client bought of a product, over all its history.</summary>
/// <param name="Client">Place of the client in the list that all holdings are of.</param>
/// <param name="Product">The product.</param>
/// <param name="Purchases">Purchases with it, 1 or more.</param>
/// <param name="Days">Different days among them.</param>
/// <param name="Units">Bought in all.</param>
/// <param name="Revenue">Its parts of the purchases' amounts, in the account's currency.</param>
/// <param name="Shared">Of that, what comes from purchases with several products and was shared out.</param>
/// <param name="First">Day of the first one.</param>
/// <param name="Last">Day of the last one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProductHolding(
    int Client, ProductId Product, int Purchases, int Days, decimal Units, decimal Revenue, decimal Shared, DateOnly First, DateOnly Last)
{
    /// <summary>Bought on more than one day: two leads of one day are one visit.</summary>
    public bool IsRepeated => Days > 1;
}
