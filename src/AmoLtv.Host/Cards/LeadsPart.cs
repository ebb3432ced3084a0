namespace AmoLtv.Host.Cards;

/// <summary>The leads behind a number: those that count, and those that do not.</summary>
public sealed record LeadsPart(LeadsPage Counted, LeadsPage Excluded);
