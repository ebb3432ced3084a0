namespace AmoLtv.Sandbox.OAuth;

/// <summary>A bearer token; 24 hours.</summary>
/// <param name="ExpiresAt">Unix seconds by the sandbox's clock.</param>
/// <param name="Predecessor">The refresh token it came from, which dies when this one is first used, under the lenient rule; null: nothing dies by its use.</param>
internal sealed record AccessToken(string Token, string ClientId, long UserId, long ExpiresAt, bool IsRevoked, string? Predecessor = null);
