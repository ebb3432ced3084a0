namespace AmoLtv.Sandbox.State;

/// <summary>A task of a user. Times are unix seconds.</summary>
/// <param name="Entity">What it is about; null: nothing.</param>
/// <param name="TaskTypeId">1 a call, 2 a meeting.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Result">What came of it; null: nobody wrote it.</param>
public sealed record CrmTask(
    long Id, string Text, EntityKind? Entity, long? EntityId, long ResponsibleUserId, long TaskTypeId, long CompleteTill, long Duration,
    bool IsCompleted, string? Result, long CreatedBy, long UpdatedBy, long CreatedAt, long UpdatedAt);
