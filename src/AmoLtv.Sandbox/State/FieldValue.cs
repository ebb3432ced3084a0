namespace AmoLtv.Sandbox.State;

/// <summary>The values an entity holds in one custom field; at least one.</summary>
public sealed record FieldValue(long FieldId, StoredValue[] Values);
