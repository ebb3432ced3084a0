namespace AmoLtv.Host.Running;

/// <summary>How far a step is.</summary>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all, null while unknown.</param>
/// <param name="Note">What is being done, in words for the admin.</param>
public readonly record struct StepProgress(long Done, long? Total, string Note);
