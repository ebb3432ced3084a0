using AmoLtv.AmoCrm.Transport;
using AmoLtv.AmoCrm.Webhooks;

namespace AmoLtv.AmoCrm;

/// <content>Subscriptions to the CRM's webhooks; an administrator's grant is needed.</content>
public sealed partial class AmoCrmClient
{
    /// <returns>The subscription to this address, null where there is none.</returns>
    public Task<CrmWebhook?> FindWebhookAsync(string destination, CancellationToken cancellationToken) =>
        _batch.CallAsync(
            CrmRequest.Get("Reading webhooks", "api/v4/webhooks", ("filter[destination]", destination), ("limit", Text(PageSize))),
            answer => WebhookJson.Find(answer, destination),
            cancellationToken);

    /// <summary>Addresses the account's webhooks call, as far as the CRM shows them.</summary>
    public Task<IReadOnlyList<string>> ListWebhookAddressesAsync(CancellationToken cancellationToken) =>
        _batch.CallAsync(
            CrmRequest.Get("Reading webhooks", "api/v4/webhooks", ("limit", Text(PageSize))),
            answer => WebhookJson.Addresses(answer),
            cancellationToken);

    /// <summary>Subscribes, or changes what the address is subscribed to.</summary>
    public Task SubscribeAsync(string destination, IReadOnlyCollection<string> events, CancellationToken cancellationToken) =>
        _batch.CallAsync(
            new CrmRequest("Subscribing to webhooks", HttpMethod.Post, "api/v4/webhooks", [], WebhookJson.Subscription(destination, events)),
            static _ => true,
            cancellationToken);

    /// <summary>Ends a subscription; one that the CRM does not know is ended already.</summary>
    public async Task UnsubscribeAsync(string destination, CancellationToken cancellationToken)
    {
        try
        {
            await _batch.CallAsync(
                new CrmRequest("Ending a webhook", HttpMethod.Delete, "api/v4/webhooks", [], WebhookJson.Address(destination)),
                static _ => true,
                cancellationToken);
        }
        catch (CrmException unknown) when (unknown is { Failure: CrmFailure.NotFound, IsFromApi: true })
        {
            // What was to be done is done.
        }
    }
}
