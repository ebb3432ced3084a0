using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Asks the CRM for a new pair: once, once more with the old token where the answer was lost, and at the account's present address where
/// the one that is known no longer answers for it. Called under the lock of the grant's row (decision 0003); never cancelled, since an
/// answer that nobody waits for is a lost token.
/// </summary>
public sealed partial class TokenRenewal(
    IntegrationDirectory integrations, AccountRelocation relocation, OAuthClient oauth, SecretProtector protector, ILogger<TokenRenewal> logger)
{
    /// <returns>The new pair, and the address that gave it.</returns>
    /// <exception cref="CrmException">The CRM refused, or did not answer.</exception>
    /// <exception cref="ConnectionLostException">The integration or the host is none of this service's any more.</exception>
    internal async Task<(TokenPair Pair, Uri Address)> AskAsync(AccountId account, string clientId, StoredTokens stored)
    {
        var integration = integrations.Find(clientId)
            ?? throw new ConnectionLostException($"Integration {clientId} of account {account} is no longer configured. Add it to Integrations and start again.");
        var address = integrations.Permitted(stored.BaseAddress);
        var refresh = protector.Unprotect(stored.RefreshToken!);
        try
        {
            return (await AskTwiceAsync(account, integration, address, refresh), address);
        }
        catch (CrmException failure) when (AccountRelocation.MayExplain(failure))
        {
            if (await relocation.FindAsync(account, clientId, stored) is not { } moved)
            {
                throw;
            }

            Log.Moved(logger, account, address.Authority, moved.Authority);
            return (await AskTwiceAsync(account, integration, moved, refresh), moved);
        }
    }

    private async Task<TokenPair> AskTwiceAsync(AccountId account, Integration integration, Uri address, string refresh)
    {
        try
        {
            return await oauth.RefreshAsync(integration.Crm, address, refresh, CancellationToken.None);
        }
        catch (CrmException lost) when (lost.Failure is CrmFailure.Timeout or CrmFailure.Unreachable or CrmFailure.ServerError
            or CrmFailure.GatewayTimeout or CrmFailure.UnreadableAnswer)
        {
            // The answer may be lost while the CRM has already given a new pair. Kommo still takes the old token then, and asking once
            // more costs nothing where it does not.
            Log.AskingAgain(logger, account, integration.ClientId, lost.Message);
            return await oauth.RefreshAsync(integration.Crm, address, refresh, CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No answer to the renewal for account {Account}, integration {ClientId}; asking once more. {Failure}")]
        public static partial void AskingAgain(ILogger logger, AccountId account, string clientId, string failure);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account} is no longer at {Before} but at {After}; renewing its token there.")]
        public static partial void Moved(ILogger logger, AccountId account, string before, string after);
    }
}
