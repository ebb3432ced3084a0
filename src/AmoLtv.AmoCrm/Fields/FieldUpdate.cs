namespace AmoLtv.AmoCrm.Fields;

/// <summary>New values of custom fields of one lead, company or contact; fields not named stay as they are.</summary>
public sealed record FieldUpdate(long EntityId, IReadOnlyList<FieldValue> Values);
