using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>A field that was on its way to the CRM when its run ended.</summary>
public sealed record UnknownWrite(long RunId, int EntityType, long EntityId, long FieldId, string? After)
{
    public EntityType Entity => (EntityType)EntityType;
}
