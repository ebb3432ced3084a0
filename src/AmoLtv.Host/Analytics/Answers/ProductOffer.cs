using AmoLtv.Core.Identity;
using AmoLtv.Core.Products;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>What to offer next, and to how many.</summary>
/// <param name="After">What they have.</param>
/// <param name="Product">What they have not.</param>
/// <param name="Candidates">Clients to offer it to: of those the caller may see.</param>
/// <param name="Evidence">What it was found by, counted over all clients; null for who may not see all of them.</param>
internal sealed record ProductOffer(ProductId After, ProductId Product, int Candidates, NextPurchase? Evidence);
