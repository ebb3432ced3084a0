namespace AmoLtv.Sandbox.OAuth;

/// <summary>A refresh token; 3 months, exchanged for a successor.</summary>
/// <param name="ExpiresAt">Unix seconds by the sandbox's clock.</param>
/// <param name="Predecessor">The token it came from: under the lenient rule that one works until this one is used.</param>
internal sealed record RefreshToken(string Token, string ClientId, long UserId, long ExpiresAt, string? Predecessor, bool IsRevoked);
