namespace AmoLtv.Sandbox.State;

/// <summary>Something that happened to an entity.</summary>
/// <param name="Type">The CRM's word: lead_added, lead_status_changed, …</param>
/// <param name="Before">Stage before, of lead_status_changed alone.</param>
/// <param name="After">Stage after.</param>
/// <param name="Detail">What else the event tells; null: its values are empty.</param>
public readonly record struct CrmEvent(string Type, EntityKind Entity, long EntityId, long CreatedBy, long CreatedAt, StageAt? Before = null, StageAt? After = null, EventDetail? Detail = null);
