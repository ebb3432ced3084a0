namespace AmoLtv.Sandbox.State;

/// <summary>What an event tells beside a stage: a field's value, a link, a sum, or a responsible user.</summary>
/// <param name="FieldId">The custom field of custom_field_value_changed.</param>
/// <param name="Before">Text before; null: there was none.</param>
/// <param name="After">Text after; null: there is none.</param>
/// <param name="Linked">The other side of entity_linked and entity_unlinked.</param>
/// <param name="LinkedId">Its id.</param>
public sealed record EventDetail(long? FieldId = null, string? Before = null, string? After = null, EntityKind? Linked = null, long? LinkedId = null);
