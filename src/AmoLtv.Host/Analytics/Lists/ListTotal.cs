namespace AmoLtv.Host.Analytics.Lists;

/// <summary>A whole list in two numbers.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Value">Of clients what they add to the base; of leads their value on the account's basis, or what was entered on them. In the account's currency.</param>
public sealed record ListTotal(long Count, decimal Value);
