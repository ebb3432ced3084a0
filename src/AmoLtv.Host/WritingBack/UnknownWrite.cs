using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>A field that was on its way to the CRM when its run ended.</summary>
/// <param name="RunId">That run.</param>
/// <param name="EntityType">Kind of card.</param>
/// <param name="EntityId">Number of the card.</param>
/// <param name="FieldId">Number of the field.</param>
/// <param name="CrmType">Type of the field at the last sync; null where it was gone.</param>
/// <param name="After">What was sent; null: to empty it.</param>
public sealed record UnknownWrite(long RunId, int EntityType, long EntityId, long FieldId, string? CrmType, string? After)
{
    public EntityType Entity => (EntityType)EntityType;
}
