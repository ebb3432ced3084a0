namespace AmoLtv.Host.Running;

/// <summary>A step came to its end, yet part of what it was to do was refused: the run goes on, and tells it.</summary>
/// <param name="message">What was refused and what to do about it, in words.</param>
/// <param name="counts">As a step that did everything returns them.</param>
public sealed class IncompleteStepException(string message, IReadOnlyDictionary<string, long> counts) : Exception(message)
{
    public IReadOnlyDictionary<string, long> Counts { get; } = counts;
}
