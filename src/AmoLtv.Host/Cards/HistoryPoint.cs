namespace AmoLtv.Host.Cards;

/// <summary>What was bought up to and on a day.</summary>
public sealed record HistoryPoint(DateOnly Day, decimal Value);
