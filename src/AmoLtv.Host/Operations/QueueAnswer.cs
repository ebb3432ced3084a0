namespace AmoLtv.Host.Operations;

/// <summary>What runs, what waits, and how fresh everything is.</summary>
/// <param name="Running">The run that works on the account now.</param>
/// <param name="Requests">Runs that people asked for, the oldest first.</param>
/// <param name="ChangeMarks">Changes that the CRM told of and nobody has looked at yet.</param>
/// <param name="IsValuingDue">Whether something changed that no calculation has seen.</param>
/// <param name="FieldsWaiting">Fields that are to be written and were not yet.</param>
/// <param name="TasksWaiting">Tasks that wait for a day under the daily cap.</param>
/// <param name="NextNight">Null where the account's time zone or settings cannot be read.</param>
/// <param name="CardsPerMinute">Null: as fast as the CRM permits.</param>
/// <param name="MinutesARun">How long a run writes at that rate.</param>
/// <param name="PausedBy">The undo since which only a write-back asked for by hand writes.</param>
/// <param name="IsWriteBackOn">Whether any field is chosen to be written.</param>
/// <param name="SyncedAt">End of the last whole reading.</param>
/// <param name="FollowedAt">End of the last reading of changes.</param>
/// <param name="ValuedAt">End of the last calculation.</param>
public sealed record QueueAnswer(
    RunAnswer? Running, IReadOnlyList<RequestAnswer> Requests, long ChangeMarks, bool IsValuingDue, long FieldsWaiting, long TasksWaiting,
    DateTimeOffset? NextNight, int? CardsPerMinute, int MinutesARun, long? PausedBy, bool IsWriteBackOn, DateTime? SyncedAt, DateTime? FollowedAt,
    DateTime? ValuedAt);
