namespace AmoLtv.Host.Operations;

/// <summary>A line of the stream of a run's progress.</summary>
/// <param name="Kind">run: how the run stands; end: the same, and nothing follows; beat: nothing has changed.</param>
/// <param name="Run">Null in a beat.</param>
public sealed record ProgressEvent(string Kind, RunAnswer? Run);
