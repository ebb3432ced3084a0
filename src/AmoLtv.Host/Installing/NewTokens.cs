namespace AmoLtv.Host.Installing;

/// <summary>A renewed pair as it is stored, encrypted.</summary>
/// <param name="ApiDomain">Host that knows the account's address after it was renamed; null where the token names none.</param>
public sealed record NewTokens(byte[] AccessToken, byte[] RefreshToken, DateTimeOffset ExpiresAt, string? ApiDomain);
