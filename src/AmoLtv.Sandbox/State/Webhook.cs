namespace AmoLtv.Sandbox.State;

/// <summary>A subscription to changes.</summary>
/// <param name="Settings">The vendor's words: add_lead, status_lead, delete_company, …</param>
/// <param name="CreatedAt">Unix seconds.</param>
/// <param name="UpdatedAt">Unix seconds.</param>
/// <param name="Disabled">Switched off by the CRM after too many invalid answers, or by hand.</param>
public sealed record Webhook(long Id, string Destination, string[] Settings, long CreatedAt, long UpdatedAt, long CreatedBy, bool Disabled);
