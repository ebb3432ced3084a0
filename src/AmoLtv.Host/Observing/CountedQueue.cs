namespace AmoLtv.Host.Observing;

/// <summary>What waits, all accounts together.</summary>
/// <param name="Queue">Its name, one of a handful.</param>
/// <param name="Length">How many wait.</param>
/// <param name="OldestSeconds">How long the first of them has been waiting; null where none does or nobody wrote it down.</param>
internal sealed record CountedQueue(string Queue, long Length, double? OldestSeconds);
