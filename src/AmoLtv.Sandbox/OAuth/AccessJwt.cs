using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AmoLtv.Sandbox.OAuth;

/// <summary>The text of an access token: a JWT by its looks, opaque to whoever holds it.</summary>
internal static class AccessJwt
{
    private static readonly string Key = RandomNumberGenerator.GetHexString(64);

    /// <param name="apiDomain">The API host that the token names.</param>
    /// <param name="now">Unix seconds.</param>
    /// <param name="expiresAt">Unix seconds.</param>
    public static string Write(string clientId, long userId, long accountId, string apiDomain, long now, long expiresAt) => Jwt.Write(
        new JsonObject
        {
            ["aud"] = clientId,
            ["jti"] = RandomNumberGenerator.GetHexString(80, lowercase: true),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = expiresAt,
            ["sub"] = userId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["account_id"] = accountId,
            ["base_domain"] = "sandbox",
            ["version"] = 2,
            ["scopes"] = new JsonArray("crm", "notifications"),
            ["api_domain"] = apiDomain,
        },
        Key);
}
