namespace AmoLtv.Host.Scheduling;

/// <summary>A scheduled run did not do its work; the schedule tries it again. The message is the run's own error, in words.</summary>
public sealed class ScheduledRunFailedException(string message, Exception? inner = null) : Exception(message, inner);
