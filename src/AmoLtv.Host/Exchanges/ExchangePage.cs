namespace AmoLtv.Host.Exchanges;

/// <summary>A part of the log, newest first.</summary>
/// <param name="HeldBack">What the account is asked nothing for now; empty where it is asked.</param>
/// <param name="Next">To be given as <c>before</c> for the part that follows, null at the end.</param>
public sealed record ExchangePage(IReadOnlyList<HeldBackAccount> HeldBack, IReadOnlyList<LoggedExchange> Exchanges, long? Next);
