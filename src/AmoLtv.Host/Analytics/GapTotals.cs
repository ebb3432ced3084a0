namespace AmoLtv.Host.Analytics;

/// <summary>Leads by what became of them.</summary>
/// <param name="Excluded">Not summed, by reason.</param>
/// <param name="WithoutCompany">Purchases of the period that count for a contact alone; amounts entered.</param>
/// <param name="WithoutCost">Purchases of the period without a cost; null where the account has no costs by lead.</param>
internal sealed record GapTotals(IReadOnlyList<LeadCount> Excluded, LeadCount WithoutCompany, LeadCount? WithoutCost);
