using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Fields;

/// <summary>A value to write into a custom field.</summary>
/// <param name="Text">As the CRM gives it back when read: numbers invariant, times unix seconds. Null empties the field.</param>
public sealed record FieldValue(FieldId Field, string? Text, FieldValueKind Kind = FieldValueKind.Text);
