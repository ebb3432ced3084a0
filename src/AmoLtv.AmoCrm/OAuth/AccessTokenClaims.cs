using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AmoLtv.AmoCrm.OAuth;

/// <summary>
/// The two claims of an access token that are read; else it is opaque. Nothing is verified: the token came from the CRM itself, or
/// from the operator, and the CRM verifies it at each call.
/// </summary>
/// <param name="ApiDomain">The shared API host that knows where the account is, in tokens since August 2024; not yet held to the host rule.</param>
/// <param name="ExpiresAt">End of the token, null where it says none.</param>
public sealed record AccessTokenClaims(string? ApiDomain, DateTimeOffset? ExpiresAt)
{
    private static readonly AccessTokenClaims None = new(null, null);

    /// <summary>Total: a token that is no JSON Web Token has no claims.</summary>
    public static AccessTokenClaims Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return None;
        }

        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return new AccessTokenClaims(
                Json.Text(payload.RootElement, "api_domain") is { Length: > 0 } domain ? domain : null,
                Json.Time(payload.RootElement, "exp"));
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or DecoderFallbackException)
        {
            return None;
        }
    }
}
