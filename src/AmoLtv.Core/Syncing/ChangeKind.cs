namespace AmoLtv.Core.Syncing;

/// <summary>What happened to a card, as a hook tells it. The numbers are stored.</summary>
public enum ChangeKind
{
    /// <summary>Added or edited in any way.</summary>
    Changed = 0,

    /// <summary>Moved into the trash, or taken in by another.</summary>
    Deleted = 1,

    /// <summary>Back from the trash.</summary>
    Restored = 2,
}
