using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Syncing;

/// <summary>Something that happened to a card, as the CRM's list of events tells it.</summary>
/// <param name="Type">The CRM's word, for example <c>lead_deleted</c>.</param>
/// <param name="Entity">Kind of card; null where it is none that we read.</param>
/// <param name="Id">Number of the card.</param>
/// <param name="At">When, by the CRM's clock, whole seconds.</param>
public sealed record ChangeEvent(string Type, EntityType? Entity, long Id, DateTimeOffset At);
