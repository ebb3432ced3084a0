using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>A planned field whose wanted value was written before, so that something else has changed it since.</summary>
/// <param name="EntityId">The card.</param>
/// <param name="FieldId">The field.</param>
/// <param name="Ours">What was written and is wanted again.</param>
/// <param name="Theirs">What stands there.</param>
/// <param name="Seen">How many times in a row that was found before.</param>
public sealed record FieldConflict(int EntityType, long EntityId, long FieldId, string? Ours, string? Theirs, int Seen)
{
    public EntityType Entity => (EntityType)EntityType;
}
