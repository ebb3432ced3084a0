using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AmoLtv.Sandbox.Control;

/// <summary>
/// The call that tells an integration it was disabled. Its signature, HMAC-SHA256 of <c>client_id|account_id</c> under the
/// integration's secret, holds no time: the same call can be replayed for ever.
/// </summary>
internal static class UninstallCall
{
    public static string Sign(SandboxIntegration integration, long accountId) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.ASCII.GetBytes(integration.Secret), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{integration.ClientId}|{accountId}"))));

    /// <param name="signature">Null: the right one.</param>
    public static Task<(int Status, string Body)> SendAsync(string address, SandboxIntegration integration, long accountId, string? signature, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"client_uuid={Uri.EscapeDataString(integration.ClientId)}&account_id={accountId}&signature={signature ?? Sign(integration, accountId)}");
        return InstallControl.CallAsync(address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query, from: null, cancellationToken);
    }
}
