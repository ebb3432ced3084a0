using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Running;

/// <summary>What a step is told of the run it belongs to.</summary>
/// <param name="Account">The account, held by this run alone.</param>
/// <param name="Run">Number of the run; rows it writes carry it.</param>
/// <param name="Epoch">Fence: results may be written only while the account's row still has this epoch.</param>
/// <param name="AsOf">The date all numbers are of where it is fixed by hand, else null.</param>
/// <param name="Progress">Where a step says how far it is; cheap to call, saved at most once a second.</param>
public sealed record RunContext(AccountId Account, RunId Run, long Epoch, DateOnly? AsOf, IProgress<StepProgress> Progress)
{
    /// <summary>Why the run began (<see cref="RunCause"/>).</summary>
    public string Cause { get; init; } = RunCause.Command;

    /// <summary>The run whose writes are taken back; null for every step but <see cref="RunSteps.Undo"/>.</summary>
    public RunId? Undoes { get; init; }
}
