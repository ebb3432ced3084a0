namespace AmoLtv.AmoCrm.Entities;

/// <summary>Numbers of the cards that a company or contact is linked to.</summary>
/// <param name="Contacts">Of a company alone.</param>
public sealed record CrmLinks(IReadOnlyList<long> Leads, IReadOnlyList<long> Contacts);
