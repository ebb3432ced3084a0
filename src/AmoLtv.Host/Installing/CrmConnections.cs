using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>Opens connected accounts.</summary>
public sealed class CrmConnections(GrantStore grants, TokenKeeper keeper, AmoCrmClientFactory clients)
{
    /// <summary>
    /// A client with the account's best grant, an administrator's before another's; its token is renewed when it must be.
    /// Clients of one (integration, account) share the permitted rate.
    /// </summary>
    /// <exception cref="ConnectionLostException">The account has no grant that works.</exception>
    public async Task<AmoCrmClient> OpenAsync(AccountId account, CancellationToken cancellationToken)
    {
        var grant = await grants.FindBestAsync(account, cancellationToken) ?? throw NotConnected(account);
        if (grant is { Status: GrantStatus.Connected, SuspendedAt: not null })
        {
            throw new ConnectionLostException(
                $"The CRM says that the integration was switched off in account {account}; work on it rests. "
                + "An administrator of the account must install the integration again, unless the CRM's API denies it within minutes.");
        }

        return await OpenAsync(grant, cancellationToken);
    }

    /// <summary>A client with the grant of one integration, suspended or not: for asking the CRM how the grant does.</summary>
    /// <exception cref="ConnectionLostException">The grant does not work any more, or there is none.</exception>
    internal async Task<AmoCrmClient> OpenGrantAsync(AccountId account, string clientId, CancellationToken cancellationToken) =>
        await OpenAsync(await grants.FindAsync(account, clientId, cancellationToken) ?? throw NotConnected(account), cancellationToken);

    private async Task<AmoCrmClient> OpenAsync(Grant grant, CancellationToken cancellationToken)
    {
        if (grant.Status == GrantStatus.Lost)
        {
            throw TokenKeeper.Lost(grant.Account, grant.StatusReason);
        }

        var tokens = new AccountTokens(keeper, grant.Account, grant.ClientId);
        // Renewed now if need be: a lost connection is known before any work begins.
        await tokens.GetAsync(cancellationToken);
        return clients.Create(new AccountConnection(grant.Account, grant.BaseAddress, grant.ClientId, tokens));
    }

    private static ConnectionLostException NotConnected(AccountId account) =>
        new($"Account {account} is not connected. An administrator of the account must install the integration.");
}
