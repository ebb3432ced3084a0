using AmoLtv.Host.Running;

namespace AmoLtv.Host.Operations;

/// <summary>What a person may ask for, and the steps of the run that does it.</summary>
public static class RequestKind
{
    /// <summary>Everything the night does.</summary>
    public const string Recalculate = "recalculate";

    /// <summary>Compares the numbers in force with what the CRM held when it was last read; nothing is sent.</summary>
    public const string Preview = "preview";

    /// <summary>As <see cref="Preview"/>, after reading the CRM and calculating anew.</summary>
    public const string FreshPreview = "freshPreview";

    /// <summary>Writes the numbers in force; ends a pause of write-back.</summary>
    public const string WriteBack = "writeBack";

    /// <summary>Takes back what a run wrote.</summary>
    public const string Undo = "undo";

    /// <summary>In the order of <see cref="RunSteps.Ordered"/>; null where nothing is named so.</summary>
    public static IReadOnlyList<string>? Steps(string? kind) => kind switch
    {
        Recalculate => RunSteps.All,
        Preview => [RunSteps.Preview],
        FreshPreview => [RunSteps.Sync, RunSteps.Recalculate, RunSteps.Preview],
        WriteBack => [RunSteps.WriteBack],
        Undo => [RunSteps.Undo],
        _ => null,
    };

    /// <summary>The name of what some steps do; null for steps that nobody asks for from here.</summary>
    public static string? Of(IReadOnlyList<string> steps) =>
        new[] { Recalculate, Preview, FreshPreview, WriteBack, Undo }.FirstOrDefault(kind => Steps(kind)!.SequenceEqual(steps, StringComparer.Ordinal));
}
