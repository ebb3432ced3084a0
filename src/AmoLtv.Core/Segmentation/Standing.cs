using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Segmentation;

/// <summary>A client's place in the base.</summary>
/// <param name="Key">The client.</param>
/// <param name="Rank">1 is the most valuable.</param>
/// <param name="TopPercent">Rank as a percent of the clients, above 0 to 100.</param>
/// <param name="Share">Share of the base's value, 0 to 1.</param>
/// <param name="Tier">Code of its tier.</param>
public readonly record struct Standing(CustomerKey Key, int Rank, double TopPercent, double Share, string Tier);
