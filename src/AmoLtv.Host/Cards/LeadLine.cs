namespace AmoLtv.Host.Cards;

/// <summary>A lead of a client.</summary>
/// <param name="Day">Of the purchase; null where there is none.</param>
/// <param name="Amount">As entered in the CRM; null without one.</param>
/// <param name="Kind"><c>purchase</c>, <c>creditNote</c>, or <c>excluded</c>.</param>
/// <param name="Reason">
/// Why it does not count: <c>open</c>, <c>lost</c>, <c>otherPipeline</c>, <c>noAmount</c>, <c>noCustomer</c>, <c>noDate</c>, <c>returned</c>, <c>deleted</c>,
/// <c>outsidePeriod</c>, <c>excludedByHand</c>; null where it counts.
/// </param>
/// <param name="Comment">Of the person who excluded it.</param>
public sealed record LeadLine(long Id, DateOnly? Day, decimal? Amount, string Kind, string? Reason, string? Comment);
