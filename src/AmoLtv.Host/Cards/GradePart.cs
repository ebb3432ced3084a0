namespace AmoLtv.Host.Cards;

/// <summary>Of so many clients whose RepeatProbability lay in the same range, so many bought again in the hidden part of the history.</summary>
public sealed record GradePart(int Customers, int Bought);
