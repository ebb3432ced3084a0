namespace AmoLtv.Host.Callers;

/// <summary>A token for a framed page.</summary>
/// <param name="Token">To be sent as <c>Authorization: Bearer</c>; never part of an address, never stored.</param>
public sealed record SessionAnswer(string Token, DateTimeOffset ExpiresAt, Role Role);
