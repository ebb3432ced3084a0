namespace AmoLtv.Host.Operations;

/// <summary>A run as an admin sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Cause">night, connected, change, manual or command.</param>
/// <param name="Kind">What was asked for (<see cref="RequestKind"/>), null for other steps.</param>
/// <param name="Status">running, finished, failed, cancelled or interrupted.</param>
/// <param name="DurationSeconds">From the start to the end, or to now.</param>
/// <param name="Code">What ended or hindered it, as a word; null where nothing did.</param>
/// <param name="Error">The same in the service's own words.</param>
/// <param name="AskedBy">User of the CRM; null where no person asked.</param>
/// <param name="IsCancelling">A person wants it to end, and it has not ended yet.</param>
/// <param name="CancelledBy">Who.</param>
/// <param name="Undoes">The run it takes back.</param>
/// <param name="UndoneBy">The newest run that took this one back.</param>
/// <param name="CanUndo">Whether it wrote fields that can be taken back.</param>
/// <param name="Steps">In the order in which they are taken; those not begun yet wait.</param>
public sealed record RunAnswer(
    long Id, string Cause, string? Kind, string Status, DateTime StartedAt, DateTime? FinishedAt, double DurationSeconds, string? Code, string? Error,
    long? AskedBy, bool IsCancelling, long? CancelledBy, long? Undoes, long? UndoneBy, bool CanUndo, IReadOnlyList<RunStepAnswer> Steps);
