namespace AmoLtv.Host.Installing;

/// <summary>The tokens of a grant as stored, encrypted.</summary>
/// <param name="RefreshToken">Null for a long-lived token, which cannot be renewed.</param>
public sealed record StoredTokens(Uri BaseAddress, byte[] AccessToken, byte[]? RefreshToken, DateTimeOffset ExpiresAt, GrantStatus Status, string? StatusReason);
