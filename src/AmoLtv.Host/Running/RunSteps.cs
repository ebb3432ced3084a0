namespace AmoLtv.Host.Running;

/// <summary>The steps of a run.</summary>
public static class RunSteps
{
    public const string Sync = "sync";
    public const string SyncChanges = "sync-changes";
    public const string Recalculate = "recalculate";
    public const string WriteBack = "write-back";
    public const string Tasks = "tasks";
    public const string Analyse = "analyse";

    /// <summary>A write-back that writes nothing: what would change is stored and shown.</summary>
    public const string Preview = "preview";

    /// <summary>Takes back what another run wrote.</summary>
    public const string Undo = "undo";

    /// <summary>The steps of a whole run, in the order in which they are taken.</summary>
    public static IReadOnlyList<string> All { get; } = [Sync, Recalculate, WriteBack, Tasks, Analyse];

    /// <summary>Every step there is, in the order in which they are taken.</summary>
    public static IReadOnlyList<string> Ordered { get; } = [Sync, SyncChanges, Recalculate, Preview, WriteBack, Undo, Tasks, Analyse];

    /// <summary>Whether the steps after this one make no sense without it. They do not read what is sent to the CRM.</summary>
    public static bool IsNeededByLater(string step) => step is not (WriteBack or Tasks);
}
