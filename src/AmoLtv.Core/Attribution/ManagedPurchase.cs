using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Attribution;

/// <summary>A purchase or credit note, and whose lead it was.</summary>
/// <param name="Client">The client it belongs to.</param>
/// <param name="Responsible">Responsible user of the lead; null where the CRM names none.</param>
/// <param name="Day">Local day.</param>
/// <param name="Value">On the account's basis, in its currency; below 0 for a credit note.</param>
/// <param name="IsCreditNote">Takes off value, is no purchase.</param>
public readonly record struct ManagedPurchase(CustomerKey Client, UserId? Responsible, DateOnly Day, decimal Value, bool IsCreditNote = false);
