namespace AmoLtv.Host.Cards;

/// <summary>Something that the numbers of a client lack.</summary>
/// <param name="Kind">
/// <c>noAmount</c>, <c>noDate</c>: won leads of the client; <c>estimatedCosts</c>: its purchases; <c>unreadable</c>: leads of the whole account.
/// </param>
public sealed record GapPart(string Kind, int Leads);
