using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Finds an account that was given another subdomain: the API host that its access token named knows the present address.
/// Both hosts pass the host rule before anything is sent to them, and the answer must be of this very account.
/// </summary>
public sealed partial class AccountRelocation(
    IntegrationDirectory integrations, OAuthClient oauth, SecretProtector protector, ILogger<AccountRelocation> logger)
{
    /// <summary>Whether a failure may come of an address that is no longer the account's.</summary>
    internal static bool MayExplain(CrmException failure) => failure.Failure is
        CrmFailure.Unauthorized or CrmFailure.Invalid or CrmFailure.NotFound or CrmFailure.Unexpected or CrmFailure.Unreachable;

    /// <returns>The present address; null where it is the known one or cannot be found out.</returns>
    internal async Task<Uri?> FindAsync(AccountId account, string clientId, StoredTokens stored)
    {
        if (stored.RefreshToken is not { } encrypted || CrmHost.Accept(stored.ApiDomain, integrations.ExtraHosts) is not { } apiHost)
        {
            return null;
        }

        try
        {
            var found = await oauth.FindAccountAsync(clientId, apiHost, protector.Unprotect(encrypted), CancellationToken.None);
            return found?.Account == account && CrmHost.Accept(found.Domain, integrations.ExtraHosts) is { } address && address != stored.BaseAddress
                ? address
                : null;
        }
        catch (CrmException failure)
        {
            Log.NotFound(logger, account, failure.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The present address of account {Account} could not be asked for. {Failure}")]
        public static partial void NotFound(ILogger logger, AccountId account, string failure);
    }
}
