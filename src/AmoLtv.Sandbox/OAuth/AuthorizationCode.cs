namespace AmoLtv.Sandbox.OAuth;

/// <summary>A code that the redirect URI receives; good once, for 20 minutes.</summary>
/// <param name="ExpiresAt">Unix seconds by the sandbox's clock.</param>
internal sealed record AuthorizationCode(string Code, string ClientId, long UserId, long ExpiresAt, bool IsUsed);
