using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Running;

/// <summary>How far a run is, for whoever watches it.</summary>
/// <param name="Account">The account it runs over.</param>
/// <param name="Stage">Name of the step, or <see cref="Waiting"/>.</param>
/// <param name="Step">How far that step is.</param>
public readonly record struct RunProgress(AccountId Account, string Stage, StepProgress Step)
{
    /// <summary>The stage before the first step, while another run holds the account.</summary>
    public const string Waiting = "waiting";
}
