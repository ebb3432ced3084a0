using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.Webhooks;

/// <summary>Ends an account's subscription before the account is erased: the CRM would go on calling an address that knows nothing of it.</summary>
internal sealed class SubscriptionEnd(SubscriptionStore store, CrmConnections connections, SecretProtector protector, HookDestination destination)
    : IErasurePreparation
{
    public async Task PrepareAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await store.FindSecretAsync(account, cancellationToken) is { } secret)
        {
            var client = await connections.OpenAsync(account, cancellationToken);
            await client.UnsubscribeAsync(destination.Of(client.ClientId, protector.Unprotect(secret)), cancellationToken);
        }
    }
}
