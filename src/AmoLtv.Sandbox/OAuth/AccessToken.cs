namespace AmoLtv.Sandbox.OAuth;

/// <summary>A bearer token; 24 hours.</summary>
/// <param name="ExpiresAt">Unix seconds by the sandbox's clock.</param>
internal sealed record AccessToken(string Token, string ClientId, long UserId, long ExpiresAt, bool IsRevoked);
