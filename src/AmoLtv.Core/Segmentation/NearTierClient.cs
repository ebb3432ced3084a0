using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Segmentation;

/// <summary>A client close to the next tier.</summary>
/// <param name="Key">The client.</param>
/// <param name="Tier">Code of the tier it is in.</param>
/// <param name="NextTier">Code of the next better one.</param>
/// <param name="Ltv">Its headline LTV, above 0, in the account's currency.</param>
/// <param name="Missing">The least by which its LTV alone would have to rise for the next tier, to the kopeck.</param>
public readonly record struct NearTierClient(CustomerKey Key, string Tier, string NextTier, decimal Ltv, decimal Missing);
