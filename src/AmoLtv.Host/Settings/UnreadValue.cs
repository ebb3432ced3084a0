using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Settings;

/// <summary>Something settings need that no sync has read yet.</summary>
/// <param name="Entity">Of which cards.</param>
/// <param name="Field">Values of this custom field; null where it is about a stage.</param>
/// <param name="Stage">When leads came into this stage; null where it is about a field.</param>
public sealed record UnreadValue(EntityType Entity, FieldId? Field, StageKey? Stage);
