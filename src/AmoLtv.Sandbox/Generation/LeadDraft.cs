namespace AmoLtv.Sandbox.Generation;

/// <summary>A lead before it has an id.</summary>
/// <param name="Company">Place of the company, −1 for none.</param>
/// <param name="Contact">Place of the main contact, −1 for none.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Closed">Unix seconds; null for an open lead.</param>
internal readonly record struct LeadDraft(int Company, int Contact, LeadOutcome Outcome, long Created, long? Closed, bool IsFirst);
