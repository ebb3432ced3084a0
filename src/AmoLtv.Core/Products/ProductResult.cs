using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Products;

/// <summary>A product and who buys it. Money in the account's currency.</summary>
/// <param name="Product">The product.</param>
/// <param name="Purchases">Purchases with it.</param>
/// <param name="Clients">Clients that bought it.</param>
/// <param name="Units">Sold in all.</param>
/// <param name="Revenue">Its parts of the purchases' amounts.</param>
/// <param name="SharedRevenue">Of that, what was shared out among several products of one purchase; the rest is known.</param>
/// <param name="Repeated">Clients that bought it on more than one day.</param>
/// <param name="RepeatShare">Those among the clients, 0 to 1.</param>
/// <param name="Buyers">Mean LTV of its clients.</param>
/// <param name="OthersMean">Mean LTV of all other clients of the base; null where there are none.</param>
public sealed record ProductResult(
    ProductId Product, int Purchases, int Clients, decimal Units, decimal Revenue, decimal SharedRevenue, int Repeated, double RepeatShare,
    MeanValue Buyers, decimal? OthersMean);
