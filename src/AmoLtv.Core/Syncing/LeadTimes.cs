namespace AmoLtv.Core.Syncing;

/// <summary>When a lead was created and last changed, by the CRM's clock.</summary>
public readonly record struct LeadTimes(DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
