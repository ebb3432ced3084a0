using AmoLtv.Host.Installing;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Webhooks;

/// <summary>The address that the CRM is to send an account's hooks to; it ends with the account's secret.</summary>
internal sealed class HookDestination(IntegrationDirectory integrations, IOptions<WebhooksOptions> options)
{
    /// <param name="clientId">The integration that subscribes.</param>
    /// <param name="secret">Of the account.</param>
    /// <exception cref="ConnectionLostException">The integration is not configured any more, and no public address is.</exception>
    public string Of(string clientId, string secret)
    {
        var address = options.Value.PublicAddress
            ?? integrations.Find(clientId)?.Crm.RedirectUri
            ?? throw new ConnectionLostException($"The integration {clientId} is not among this service's any more.");
        return new Uri(address, WebhooksEndpoints.Path + secret).ToString();
    }
}
