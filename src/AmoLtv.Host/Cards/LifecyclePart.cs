namespace AmoLtv.Host.Cards;

/// <summary>Where the relationship stands, by the client's own rhythm.</summary>
/// <param name="State"><c>new</c>, <c>active</c>, <c>slipping</c>, <c>dormant</c>, <c>lost</c>.</param>
/// <param name="GapSource">Whose rhythm: the client's <c>own</c>, the <c>account</c>'s, or <c>assumed</c>.</param>
public sealed record LifecyclePart(string State, double? TypicalGapDays, string? GapSource);
