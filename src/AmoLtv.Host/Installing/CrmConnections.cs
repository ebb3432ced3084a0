using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>Opens connected accounts.</summary>
public sealed class CrmConnections(GrantStore grants, TokenKeeper keeper, AmoCrmClientFactory clients)
{
    /// <summary>
    /// A client with the account's best grant, an administrator's before another's; its token is renewed when it must be.
    /// Clients of one (integration, account) share the permitted rate within this process.
    /// </summary>
    /// <exception cref="ConnectionLostException">The account has no grant that works.</exception>
    public async Task<AmoCrmClient> OpenAsync(AccountId account, CancellationToken cancellationToken)
    {
        var grant = await grants.FindBestAsync(account, cancellationToken)
            ?? throw new ConnectionLostException(
                $"Account {account} is not connected. An administrator of the account must install the integration.");
        if (grant.Status == GrantStatus.Lost)
        {
            throw TokenKeeper.Lost(account, grant.StatusReason);
        }

        var tokens = new AccountTokens(keeper, account, grant.ClientId);
        // Renewed now if need be: a lost connection is known before any work begins.
        await tokens.GetAsync(cancellationToken);
        return clients.Create(new AccountConnection(account, grant.BaseAddress, grant.ClientId, tokens));
    }
}
