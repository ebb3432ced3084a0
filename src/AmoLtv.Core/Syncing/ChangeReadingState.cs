namespace AmoLtv.Core.Syncing;

/// <summary>How a reading of changes stands.</summary>
public enum ChangeReadingState
{
    /// <summary>The next page may hold changes of the window.</summary>
    Reading,

    /// <summary>Every change of the window was shown.</summary>
    Done,

    /// <summary>The CRM honours neither filter nor order: only a whole scan tells what changed.</summary>
    Unusable,
}
