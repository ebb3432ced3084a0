namespace AmoLtv.Host.Running;

/// <summary>The steps of a run.</summary>
public static class RunSteps
{
    public const string Sync = "sync";
    public const string SyncChanges = "sync-changes";
    public const string Recalculate = "recalculate";
    public const string WriteBack = "write-back";
    public const string Analyse = "analyse";

    /// <summary>The steps of a whole run, in the order in which they are taken.</summary>
    public static IReadOnlyList<string> All { get; } = [Sync, Recalculate, WriteBack, Analyse];

    /// <summary>Every step there is, in the order in which they are taken.</summary>
    public static IReadOnlyList<string> Ordered { get; } = [Sync, SyncChanges, Recalculate, WriteBack, Analyse];
}
