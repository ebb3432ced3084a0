namespace AmoLtv.Sandbox.Generation;

/// <summary>What stays the same over a generated company's leads.</summary>
/// <param name="TypicalAmount">Median of its purchases, account currency.</param>
/// <param name="FirstContact">Place of its first contact.</param>
/// <param name="Contacts">How many contacts follow from there, at least 1.</param>
internal sealed record CompanyDraft(string Name, long Responsible, int Channel, int Industry, double TypicalAmount, bool IsPartner, int FirstContact, int Contacts, long Created);
