namespace AmoLtv.Core.WritingBack;

/// <summary>What becomes of one field when the run that wrote it is undone.</summary>
public enum UndoVerdict
{
    /// <summary>It still holds what the run wrote: what stood there before is written back.</summary>
    Restore,

    /// <summary>What stood there before stands there again.</summary>
    IsRestored,

    /// <summary>It holds something else: that is newer than the run, and stays.</summary>
    LeaveAlone,
}
