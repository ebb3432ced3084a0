using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tasks;

/// <summary>A task to create.</summary>
/// <param name="RequestId">Names it in the answer.</param>
/// <param name="Text">What has to be done.</param>
/// <param name="CompleteTill">Until when.</param>
/// <param name="Responsible">Who has to do it.</param>
/// <param name="Entity">Kind of the card it belongs to; null for a task without a card.</param>
/// <param name="EntityId">The card.</param>
public sealed record NewTask(
    string RequestId, string Text, DateTimeOffset CompleteTill, UserId Responsible, EntityType? Entity = null, long? EntityId = null);
