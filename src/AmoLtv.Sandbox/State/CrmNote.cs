namespace AmoLtv.Sandbox.State;

/// <summary>A note in a card's feed.</summary>
/// <param name="Type">The vendor's word: common, service_message, …</param>
/// <param name="Params">Its parameters, a JSON object.</param>
/// <param name="CreatedAt">Unix seconds.</param>
public sealed record CrmNote(long Id, EntityKind Entity, long EntityId, string Type, string Params, long CreatedBy, long CreatedAt);
