namespace AmoLtv.Host.Operations;

/// <summary>What taking back a run would do to a field, as far as the CRM was read.</summary>
/// <param name="Card">company, contact or lead.</param>
/// <param name="Held">What the field holds; null where it is empty.</param>
/// <param name="Restored">What it would hold; null empties it.</param>
/// <param name="Verdict">restore, alreadyRestored, newer, fieldGone or cardGone: only the first is written.</param>
public sealed record UndoChange(
    string Card, long Id, string? CardName, long Field, string? FieldName, string? FieldType, string? Held, string? Restored, string Verdict);
