using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tasks;

/// <summary>A task as the CRM lists it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Entity">Kind of the card it belongs to; null for a task without one, or on a card of another kind.</param>
/// <param name="EntityId">The card, null where there is none.</param>
/// <param name="Text">What has to be done.</param>
/// <param name="IsCompleted">Whether somebody completed it.</param>
/// <param name="Result">What that person wrote; null where nothing.</param>
/// <param name="UpdatedAt">The last change: of a completed task, its completion.</param>
public sealed record CrmTask(
    long Id, EntityType? Entity, long? EntityId, string Text, bool IsCompleted, string? Result, DateTimeOffset? UpdatedAt);
