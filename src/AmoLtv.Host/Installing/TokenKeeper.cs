using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Gives access tokens and renews them, one process at a time: the grant's row stays locked across the call to the CRM, because a
/// refresh token works once and two renewals at the same time would end the connection (decision 0003).
/// </summary>
public sealed partial class TokenKeeper(
    NpgsqlDataSource database, IntegrationDirectory integrations, OAuthClient oauth, SecretProtector protector,
    TimeProvider time, ILogger<TokenKeeper> logger)
{
    /// <summary>A token is renewed so long before its end, so that no call meets its last second.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public bool IsEnding(DateTimeOffset expiresAt) => expiresAt - time.GetUtcNow() < Margin;

    /// <param name="rejected">A token the CRM answered 401 to: another one is wanted, even if this one has not ended.</param>
    /// <exception cref="ConnectionLostException">The grant is gone for good.</exception>
    /// <exception cref="CrmException">The CRM could not be asked; the grant stays as it is.</exception>
    public async Task<AccessToken> GetAsync(AccountId account, string clientId, string? rejected, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Another process may have renewed the token while this one waited for the row: what is read now is the truth.
        var stored = await GrantStore.LockTokensAsync(connection, transaction, account, clientId, cancellationToken)
            ?? throw new ConnectionLostException($"Account {account} is not connected. An administrator of the account must install the integration.");
        if (stored.Status == GrantStatus.Lost)
        {
            throw Lost(account, stored.StatusReason);
        }

        var access = protector.Unprotect(stored.AccessToken);
        if (access != rejected && !IsEnding(stored.ExpiresAt))
        {
            return new AccessToken(access, stored.ExpiresAt);
        }

        try
        {
            var renewed = await RenewAsync(account, clientId, stored);
            var expiresAt = time.GetUtcNow() + renewed.Lifetime;
            await GrantStore.SaveTokensAsync(
                connection, transaction, account, clientId, protector.Protect(renewed.AccessToken), protector.Protect(renewed.RefreshToken),
                expiresAt, time.GetUtcNow(), cancellationToken);
            // Stored before it is used: once used, the CRM may forget the old one.
            await transaction.CommitAsync(CancellationToken.None);
            Log.Renewed(logger, account, clientId, expiresAt);
            return new AccessToken(renewed.AccessToken, expiresAt);
        }
        catch (CrmException refused) when (refused.Failure is CrmFailure.Invalid or CrmFailure.Unauthorized)
        {
            // The row was re-read under its lock just before, so no other process has a newer token: the grant is gone.
            var reason = refused.Detail ?? "the CRM refused the token without words";
            await GrantStore.SaveLossAsync(connection, transaction, account, clientId, reason, time.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            Log.WasLost(logger, account, clientId, reason);
            throw Lost(account, reason, refused);
        }
    }

    internal static ConnectionLostException Lost(AccountId account, string? reason, Exception? cause = null) =>
        new($"The connection to account {account} is lost ({reason ?? "no reason was given"}). "
            + "An administrator of the account must install the integration again.", cause);

    // Not cancelled: an answer that nobody waits for is a lost token.
    private async Task<TokenPair> RenewAsync(AccountId account, string clientId, StoredTokens stored)
    {
        if (stored.RefreshToken is null)
        {
            throw new CrmException(CrmFailure.Unauthorized, "Renewing the token", "a long-lived token has ended and cannot be renewed");
        }

        var integration = integrations.Find(clientId)
            ?? throw new ConnectionLostException($"Integration {clientId} of account {account} is no longer configured. Add it to Integrations and start again.");
        var address = integrations.Permitted(stored.BaseAddress);
        var refresh = protector.Unprotect(stored.RefreshToken);
        try
        {
            return await oauth.RefreshAsync(integration.Crm, address, refresh, CancellationToken.None);
        }
        catch (CrmException lost) when (lost.Failure is CrmFailure.Timeout or CrmFailure.Unreachable or CrmFailure.ServerError
            or CrmFailure.GatewayTimeout or CrmFailure.UnreadableAnswer)
        {
            // The answer may be lost while the CRM has already given a new pair. Kommo still takes the old token then, and asking once
            // more costs nothing where it does not.
            Log.AskingAgain(logger, account, clientId, lost.Message);
            return await oauth.RefreshAsync(integration.Crm, address, refresh, CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Renewed the token of account {Account}, integration {ClientId}; it lasts until {ExpiresAt}.")]
        public static partial void Renewed(ILogger logger, AccountId account, string clientId, DateTimeOffset expiresAt);

        [LoggerMessage(2, LogLevel.Warning, "The connection to account {Account}, integration {ClientId}, is lost: {Reason}.")]
        public static partial void WasLost(ILogger logger, AccountId account, string clientId, string reason);

        [LoggerMessage(3, LogLevel.Warning, "No answer to the renewal for account {Account}, integration {ClientId}; asking once more. {Failure}")]
        public static partial void AskingAgain(ILogger logger, AccountId account, string clientId, string failure);
    }
}
