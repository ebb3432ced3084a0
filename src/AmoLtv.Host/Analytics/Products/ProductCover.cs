namespace AmoLtv.Host.Analytics.Products;

/// <summary>How much of what was bought is known by product. Money in the account's currency, credit notes not taken off.</summary>
/// <param name="Purchases">Of the clients of the base.</param>
/// <param name="Linked">Those of them with products.</param>
/// <param name="Revenue">Of the purchases.</param>
/// <param name="LinkedRevenue">Of those with products.</param>
internal sealed record ProductCover(int Purchases, int Linked, decimal Revenue, decimal LinkedRevenue);
