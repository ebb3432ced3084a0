using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Running;

/// <summary>What became of the wish to begin a run.</summary>
/// <param name="Run">The run that began, or the one that was finished for the same moment before.</param>
/// <param name="Epoch">The epoch it holds the account by; null: nothing began, since what was asked is done.</param>
public sealed record BegunRun(RunId Run, long? Epoch);
