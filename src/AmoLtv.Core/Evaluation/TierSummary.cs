namespace AmoLtv.Core.Evaluation;

/// <summary>What a tier holds.</summary>
/// <param name="Tier">Its code.</param>
/// <param name="Clients">How many are in it.</param>
/// <param name="Ltv">Sum of their headline LTV.</param>
/// <param name="Bought">Sum of what they bought, on the account's basis.</param>
/// <param name="Share">Of the value of the base, 0 to 1.</param>
public sealed record TierSummary(string Tier, int Clients, decimal Ltv, decimal Bought, double Share);
