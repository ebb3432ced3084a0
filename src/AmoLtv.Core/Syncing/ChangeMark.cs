using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Syncing;

/// <summary>What a hook of the CRM says: this card was changed, look at it.</summary>
/// <param name="Entity">Kind of card; null: something was changed, nobody knows what.</param>
/// <param name="Id">Its number, 0 where nobody knows.</param>
/// <param name="Kind">What happened.</param>
/// <param name="ChangedAt">The card's time of change as the hook gives it, null where it gives none.</param>
public readonly record struct ChangeMark(EntityType? Entity, long Id, ChangeKind Kind, DateTimeOffset? ChangedAt)
{
    /// <summary>Something was changed that cannot be named: everything since the last reading has to be looked at.</summary>
    public static readonly ChangeMark Unknown = new(null, 0, ChangeKind.Changed, null);

    /// <summary>
    /// Whether what is stored is newer than what the hook tells. A change of the same second may be another one, and a card that was
    /// deleted or restored need not have a new time.
    /// </summary>
    /// <param name="storedAt">The stored card's time of change; null where it is not stored, or marked deleted.</param>
    public bool IsKnown(DateTimeOffset? storedAt) => Kind == ChangeKind.Changed && ChangedAt < storedAt;
}
