using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>One field of one card in a run, for people.</summary>
/// <param name="EntityType">Code of the kind of card.</param>
/// <param name="EntityId">The card.</param>
/// <param name="CardName">Name of a company; null for contacts and leads, whose names are not stored.</param>
/// <param name="FieldId">The field.</param>
/// <param name="FieldName">Its name at the last sync, null where it is gone.</param>
/// <param name="Before">What the CRM held; null where it was empty.</param>
/// <param name="After">What was to be written; null empties it.</param>
/// <param name="Status">planned, confirmed, failed, previewed, skipped.</param>
/// <param name="Error">Why it failed or was skipped.</param>
public sealed record WrittenField(
    int EntityType, long EntityId, string? CardName, long FieldId, string? FieldName, string? Before, string? After, string Status, string? Error)
{
    public EntityType Entity => (EntityType)EntityType;
}
