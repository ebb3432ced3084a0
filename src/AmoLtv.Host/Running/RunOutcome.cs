using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Running;

/// <summary>How a run ended.</summary>
/// <param name="Account">The account it ran over.</param>
/// <param name="Run">Its number.</param>
/// <param name="Status">One of <see cref="RunStatus"/>, never running.</param>
/// <param name="Error">Why it failed, or what of it was refused though it finished, in words; else null.</param>
/// <param name="Steps">Counts by step name, of the steps that finished, in order.</param>
/// <param name="Elapsed">How long it took, waiting for the account not counted.</param>
public sealed record RunOutcome(
    AccountId Account,
    RunId Run,
    string Status,
    string? Error,
    IReadOnlyList<KeyValuePair<string, IReadOnlyDictionary<string, long>>> Steps,
    TimeSpan Elapsed)
{
    public bool IsFinished => Status == RunStatus.Finished;

    /// <summary>Finished, and nothing was refused on the way.</summary>
    public bool IsComplete => IsFinished && Error is null;
}
