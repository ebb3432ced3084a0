namespace AmoLtv.AmoCrm.Fields;

/// <summary>Why the CRM rejected one element of a batch.</summary>
/// <param name="EntityId">The element, null where the answer names none that was sent.</param>
/// <param name="Code">For example <c>NotSupportedChoice</c>.</param>
/// <param name="Path">Dotted place within the element, for example <c>custom_fields_values.0.field_id</c>.</param>
/// <param name="Detail">The CRM's words.</param>
public sealed record FieldUpdateError(long? EntityId, string Code, string Path, string Detail);
