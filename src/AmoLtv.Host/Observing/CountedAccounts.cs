namespace AmoLtv.Host.Observing;

/// <summary>Accounts whose connection is in the same state and whose cards were last read about as long ago.</summary>
/// <param name="State"><c>connected</c>, <c>suspended</c>, <c>lost</c>, <c>none</c>, or what hinders: <c>rights</c>, <c>unpaid</c>, <c>blocked</c>, <c>unreachable</c>.</param>
/// <param name="Age"><c>hour</c>, <c>day</c>, <c>two_days</c>, <c>week</c>: at most so long ago; <c>older</c>; <c>never</c>.</param>
/// <param name="Accounts">How many, at least 1.</param>
/// <param name="OldestSeconds">Since the cards of the one that waits longest were read; since it was connected, where they never were.</param>
internal sealed record CountedAccounts(string State, string Age, long Accounts, double OldestSeconds);
