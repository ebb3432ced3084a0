namespace AmoLtv.Host.Operations;

/// <summary>A step of a run.</summary>
/// <param name="Step">sync, sync-changes, recalculate, preview, write-back, undo, tasks or analyse.</param>
/// <param name="Status">waiting, running, finished, failed, cancelled, interrupted, or skipped where the run ended before it.</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all, null while unknown.</param>
/// <param name="Note">What is being done, in the service's own words.</param>
/// <param name="Counts">What came of it, by name.</param>
public sealed record RunStepAnswer(
    string Step, string Status, long Done, long? Total, string? Note, IReadOnlyDictionary<string, long> Counts, DateTime? StartedAt, DateTime? FinishedAt)
{
    /// <summary>One that was not begun.</summary>
    public static RunStepAnswer NotBegun(string step, bool isRunning) =>
        new(step, isRunning ? "waiting" : "skipped", 0, null, null, new Dictionary<string, long>(), null, null);
}
