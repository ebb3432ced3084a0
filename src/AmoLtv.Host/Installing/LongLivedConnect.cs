using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Connects an account by a long-lived token, which its administrator makes by hand on the integration's Keys tab: valid a day to five
/// years, never renewed. The same rules hold as for an install: an administrator's token, of the account at that address.
/// </summary>
public sealed class LongLivedConnect(
    AmoCrmClientFactory clients, AccountStore accounts, IntegrationDirectory integrations, InstallStart start, SecretProtector protector, TimeProvider time)
{
    /// <param name="clientId">Of the integration; null where there is only one.</param>
    /// <param name="host">Of the account, for example <c>acme.amocrm.ru</c>.</param>
    /// <param name="token">The token.</param>
    /// <param name="expiresAt">Its end, where the token does not say it; null: it does.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CommandFailedException">It may not be connected so; the message says why.</exception>
    /// <exception cref="AmoCrm.Transport.CrmException">The CRM does not accept the token, or does not answer.</exception>
    public async Task<CrmAccount> ConnectAsync(string? clientId, string host, string token, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        var integration = start.Choose(clientId)
            ?? throw new CommandFailedException("--client-id: name one of the configured integrations: " + string.Join(", ", integrations.All.Select(known => known.ClientId)) + ".");
        var address = CrmHost.Accept(host, integrations.ExtraHosts)
            ?? throw new CommandFailedException($"--host: '{host}' is not allowed; the account's host, for example acme.amocrm.ru, or one of Crm:ExtraHosts.");
        var end = End(token, expiresAt);
        var client = clients.Create(new AccountConnection(null, address, integration.ClientId, new PresentedToken(token)));
        var account = await client.GetAccountAsync(cancellationToken);
        if (!GrantRules.NamesHost(account, address))
        {
            throw new CommandFailedException($"The token is of account {account.Subdomain}, not of the one at {host}.");
        }

        var isAdmin = await client.IsAdministratorAsync(account.CurrentUser, cancellationToken) == true;
        var decision = await accounts.ConnectAsync(
            new NewGrant(null, integration, address, account, isAdmin, protector.Protect(token), null, end, null), cancellationToken);
        return decision switch
        {
            GrantDecision.Accepted => account,
            GrantDecision.RefusedFirstByNonAdmin => throw new CommandFailedException(InstallWords.English(InstallResult.NotAdmin).Text),
            _ => throw new CommandFailedException(InstallWords.English(InstallResult.AdminConnected).Text),
        };
    }

    private DateTimeOffset End(string token, DateTimeOffset? expiresAt)
    {
        var end = expiresAt ?? AccessTokenClaims.Read(token).ExpiresAt
            ?? throw new CommandFailedException("--expires: the token does not say when it ends; give the day that the CRM showed, YYYY-MM-DD.");
        return end > time.GetUtcNow() ? end : throw new CommandFailedException($"The token ended at {end:u}. Make another one on the integration's Keys tab.");
    }
}
