namespace AmoLtv.Host.Operations;

/// <summary>A field of a card in a run, before and after.</summary>
/// <param name="Card">company, contact or lead.</param>
/// <param name="Id">The card.</param>
/// <param name="CardName">Name of a company; null for others, whose names are not stored.</param>
/// <param name="FieldName">At the last sync; null where the field is gone.</param>
/// <param name="FieldType">The CRM's name of its type: numbers and days are shown as such.</param>
/// <param name="Before">What the CRM held; null where it was empty.</param>
/// <param name="After">What was or would be written; null empties the field.</param>
/// <param name="Status">planned, confirmed, failed, previewed or skipped.</param>
/// <param name="Code">Why it was left alone or refused, as a word; null where the CRM's own words are all there is.</param>
/// <param name="Reason">The same in the service's or the CRM's words.</param>
public sealed record FieldChange(
    string Card, long Id, string? CardName, long Field, string? FieldName, string? FieldType, string? Before, string? After, string Status,
    string? Code, string? Reason);
