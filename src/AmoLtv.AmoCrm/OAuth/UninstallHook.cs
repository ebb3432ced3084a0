using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.OAuth;

/// <summary>
/// Verifies the CRM's call after an admin switched the integration off:
/// <c>signature = lowercase_hex(HMAC-SHA256(secret, client_uuid + "|" + account_id))</c>, compared in fixed time. The message has no
/// time in it, so a good signature may be an old one sent again: it asks for a look at the account and proves nothing more.
/// </summary>
public static class UninstallHook
{
    /// <param name="clientId"><c>client_uuid</c> of the query.</param>
    /// <param name="accountId"><c>account_id</c> of the query.</param>
    /// <param name="signature"><c>signature</c> of the query.</param>
    /// <param name="integrations">Those of this service; each secret that holds is tried.</param>
    public static UninstallHookOutcome Verify(string? clientId, string? accountId, string? signature, IEnumerable<CrmIntegration> integrations)
    {
        if (string.IsNullOrEmpty(clientId) || Account(accountId) is null)
        {
            return UninstallHookOutcome.Malformed;
        }

        if (integrations.FirstOrDefault(known => string.Equals(known.ClientId, clientId, StringComparison.OrdinalIgnoreCase)) is not { } integration)
        {
            return UninstallHookOutcome.UnknownIntegration;
        }

        if (string.IsNullOrWhiteSpace(integration.ClientSecret))
        {
            return UninstallHookOutcome.NoSecret;
        }

        var given = Encoding.UTF8.GetBytes(signature ?? "");
        // The id as the caller wrote it: that is what was signed.
        var isSigned = integration.Secrets.Aggregate(
            false, (found, secret) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(clientId, accountId!, secret)), given) || found);
        return isSigned ? UninstallHookOutcome.Valid : UninstallHookOutcome.BadSignature;
    }

    /// <summary>The account of the query, null where it is no number.</summary>
    public static AccountId? Account(string? accountId) =>
        long.TryParse(accountId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new AccountId(id) : null;

    internal static string Sign(string clientId, string accountId, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{clientId}|{accountId}")));
}
