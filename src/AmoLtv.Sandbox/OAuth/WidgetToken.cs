using System.Text.Json.Nodes;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.OAuth;

/// <summary>The disposable token that a widget sends to its backend (HS256, key = the integration's secret, 30 minutes).</summary>
internal static class WidgetToken
{
    public const int LifetimeSeconds = 1800;

    /// <param name="issuer">Scheme and host of the account.</param>
    /// <param name="overrides">Claims that replace the right ones; a null value removes the claim.</param>
    /// <param name="algorithm">HS256 unless a test wants a forged one.</param>
    /// <param name="secret">The integration's own unless a test wants a forged one.</param>
    public static string Write(
        SandboxIntegration integration, CrmUser user, SandboxState state, string issuer,
        int lifetimeSeconds = LifetimeSeconds, JsonObject? overrides = null, string algorithm = "HS256", string? secret = null)
    {
        var now = state.Clock.Seconds;
        var redirect = new Uri(integration.RedirectUri);
        var claims = new JsonObject
        {
            ["iss"] = issuer,
            // The vendor's library builds the audience from scheme and host, without the port.
            ["aud"] = $"{redirect.Scheme}://{redirect.Host}",
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + lifetimeSeconds,
            ["account_id"] = state.Account.Id,
            ["user_id"] = user.Id,
            ["subdomain"] = state.Account.Subdomain,
            ["client_uuid"] = integration.ClientId,
            ["is_admin"] = user.IsAdmin,
        };
        foreach (var (name, value) in overrides ?? [])
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value.DeepClone();
            }
        }

        return Jwt.Write(claims, secret ?? integration.Secret, algorithm);
    }
}
