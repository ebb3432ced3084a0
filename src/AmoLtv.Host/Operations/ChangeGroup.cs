namespace AmoLtv.Host.Operations;

/// <summary>How many fields of one kind a run changed, or left alone for one reason.</summary>
/// <param name="Card">company, contact or lead.</param>
/// <param name="Code">As <see cref="FieldChange.Code"/>.</param>
public sealed record ChangeGroup(string Card, long Field, string? FieldName, string Status, string? Code, string? Reason, long Fields);
