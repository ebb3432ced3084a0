using System.Globalization;
using System.Text;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Core.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AmoLtv.AmoCrm.Widget;

/// <summary>
/// Verifies the token that the widget sends (header <c>X-Auth-Token</c>): HS256 and nothing else, with the bytes of the integration's
/// secret. The integration is picked by <c>client_uuid</c> before anything is verified; a forged one then fails on its signature.
/// The library compares signatures in fixed time. The issuer is compared by the caller (<see cref="WidgetTokenVerdict.For"/>),
/// who knows where the account is.
/// </summary>
public static class WidgetTokenValidator
{
    /// <summary>Clocks of the CRM and of this server may differ by so much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const int MaxLength = 8 * 1024;
    private const int MinSecretBytes = 32;
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxLength };

    public static async Task<WidgetTokenVerdict> ValidateAsync(string? token, IEnumerable<CrmIntegration> integrations, DateTimeOffset now)
    {
        if (Read(token) is not { } parsed || Claims(parsed) is not { } claims)
        {
            return Refused(WidgetTokenOutcome.Malformed);
        }

        if (integrations.FirstOrDefault(known => string.Equals(known.ClientId, claims.ClientId, StringComparison.OrdinalIgnoreCase)) is not { } integration)
        {
            return Refused(WidgetTokenOutcome.UnknownIntegration);
        }

        var keys = integration.Secrets.Select(Encoding.UTF8.GetBytes).ToList();
        if (keys.Exists(key => key.Length < MinSecretBytes))
        {
            return Refused(WidgetTokenOutcome.NoSecret);
        }

        var result = await Handler.ValidateTokenAsync(parsed, Parameters(keys, integration.RedirectUri, now));
        return result.IsValid ? new WidgetTokenVerdict(WidgetTokenOutcome.Valid, claims with { ClientId = integration.ClientId }) : Refused(Outcome(result.Exception));
    }

    private static TokenValidationParameters Parameters(IEnumerable<byte[]> keys, Uri redirectUri, DateTimeOffset now) => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKeys = keys.Select(key => new SymmetricSecurityKey(key)),
        // Tokens of the CRM name no key; one that does must not make the library look elsewhere.
        TryAllIssuerSigningKeys = true,
        RequireSignedTokens = true,
        ValidateIssuer = false,
        ValidateAudience = true,
        ValidAudiences = Audiences(redirectUri),
        IgnoreTrailingSlashWhenValidatingAudience = false,
        LifetimeValidator = (notBefore, expires, _, _) => IsWithin(notBefore, expires, now),
    };

    /// <summary>The documentation shows scheme and host; the vendor's client leaves the port out. Both forms are taken.</summary>
    private static string[] Audiences(Uri redirectUri) =>
        [$"{redirectUri.Scheme}://{redirectUri.Host}", $"{redirectUri.Scheme}://{redirectUri.Host}:{redirectUri.Port}"];

    private static bool IsWithin(DateTime? notBefore, DateTime? expires, DateTimeOffset now)
    {
        if (expires is not { } end || end.Add(Skew) <= now.UtcDateTime)
        {
            throw new SecurityTokenExpiredException("The token has expired.");
        }

        return notBefore is not { } begin || begin.Subtract(Skew) <= now.UtcDateTime
            ? true
            : throw new SecurityTokenNotYetValidException("The token is not valid yet.");
    }

    private static JsonWebToken? Read(string? token)
    {
        try
        {
            return Handler.ReadJsonWebToken(token ?? "");
        }
        catch (Exception failure) when (failure is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static WidgetClaims? Claims(JsonWebToken token)
    {
        if (Number(token, "account_id") is not { } account || Number(token, "user_id") is not { } user
            || !token.TryGetPayloadValue<string>("client_uuid", out var clientId))
        {
            return null;
        }

        bool? isAdmin = token.TryGetPayloadValue<object>("is_admin", out var admin) && admin is bool said ? said : null;
        return new WidgetClaims(
            clientId, new AccountId(account), new UserId(user), isAdmin,
            Uri.TryCreate(token.Issuer, UriKind.Absolute, out var issuer) ? issuer : null);
    }

    private static long? Number(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) ? value switch
        {
            int number => number,
            long number => number,
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        }
        : null;

    private static WidgetTokenOutcome Outcome(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException or SecurityTokenNoExpirationException => WidgetTokenOutcome.Expired,
        SecurityTokenNotYetValidException => WidgetTokenOutcome.NotYetValid,
        SecurityTokenInvalidAudienceException => WidgetTokenOutcome.WrongAudience,
        _ => WidgetTokenOutcome.BadSignature,
    };

    private static WidgetTokenVerdict Refused(WidgetTokenOutcome outcome) => new(outcome, null);
}
