namespace AmoLtv.Host.Running;

/// <summary>The steps of a run, in the order in which they are taken.</summary>
public static class RunSteps
{
    public const string Sync = "sync";
    public const string Recalculate = "recalculate";
    public const string WriteBack = "write-back";
    public const string Analyse = "analyse";

    public static IReadOnlyList<string> All { get; } = [Sync, Recalculate, WriteBack, Analyse];
}
