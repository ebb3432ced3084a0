namespace AmoLtv.Core.Valuation;

/// <summary>What a channel cost in a month.</summary>
/// <param name="Channel">As the leads name it; case and spaces around do not matter.</param>
/// <param name="Month">Its first day.</param>
/// <param name="Amount">0 or above, in the account's currency.</param>
public readonly record struct ChannelSpend(string Channel, DateOnly Month, decimal Amount);
