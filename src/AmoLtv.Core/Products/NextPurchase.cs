using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>A product that clients buy after another one, more often than clients do in general.</summary>
/// <param name="After">Bought first.</param>
/// <param name="Product">Bought on a later day.</param>
/// <param name="Clients">Clients that bought the first one and had not the second by that day.</param>
/// <param name="Followers">Those of them that bought the second one later.</param>
/// <param name="Share">The share of those, and how sure it is.</param>
/// <param name="Usual">Share of clients in general, whatever they began with, that came to buy the second one later. 0 to 1.</param>
/// <param name="Lift">How many times the share is the usual one.</param>
public sealed record NextPurchase(ProductId After, ProductId Product, int Clients, int Followers, ShareInterval Share, double Usual, double Lift)
{
    /// <summary>Clients that have the first one and not the second: whom to offer it.</summary>
    public int Candidates => Clients - Followers;
}
