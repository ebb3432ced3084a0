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
    NpgsqlDataSource database, GrantStore grants, RenewalTurns turns, IntegrationDirectory integrations, OAuthClient oauth, SecretProtector protector,
    TimeProvider time, ILogger<TokenKeeper> logger)
{
    /// <summary>A token is renewed so long before its end, so that no call meets its last second.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public bool IsEnding(DateTimeOffset expiresAt) => expiresAt - time.GetUtcNow() < Margin;

    /// <param name="rejected">A token the CRM answered 401 to: another one is wanted, even if this one has not ended.</param>
    /// <exception cref="ConnectionLostException">The grant is gone for good.</exception>
    /// <exception cref="CrmException">The CRM could not be asked; the grant stays as it is.</exception>
    public async Task<AccessToken> GetAsync(AccountId account, string clientId, string? rejected, CancellationToken cancellationToken) =>
        Usable(account, await grants.ReadTokensAsync(account, clientId, cancellationToken), rejected)
        // A caller may leave while it waits for its turn. Once the renewal has begun nothing stops it: the CRM may have given
        // the new pair already, and an answer that is not stored is a connection lost.
        ?? await turns.TakeAsync(account, clientId, () => RenewLockedAsync(account, clientId, rejected), cancellationToken);

    /// <summary>The token that is stored, null where it has to be renewed.</summary>
    private AccessToken? Usable(AccountId account, StoredTokens? stored, string? rejected)
    {
        if (stored is null)
        {
            throw new ConnectionLostException($"Account {account} is not connected. An administrator of the account must install the integration.");
        }

        if (stored.Status == GrantStatus.Lost)
        {
            throw Lost(account, stored.StatusReason);
        }

        var access = protector.Unprotect(stored.AccessToken);
        return access != rejected && !IsEnding(stored.ExpiresAt) ? new AccessToken(access, stored.ExpiresAt) : null;
    }

    private async Task<AccessToken> RenewLockedAsync(AccountId account, string clientId, string? rejected)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // Another process may have renewed the token while this one waited for the row: what is read now is the truth.
        var stored = await GrantStore.LockTokensAsync(connection, transaction, account, clientId, CancellationToken.None);
        if (Usable(account, stored, rejected) is { } renewedByAnother)
        {
            return renewedByAnother;
        }

        try
        {
            var renewed = await RenewAsync(account, clientId, stored!);
            var expiresAt = time.GetUtcNow() + renewed.Lifetime;
            await GrantStore.SaveTokensAsync(
                connection, transaction, account, clientId, protector.Protect(renewed.AccessToken), protector.Protect(renewed.RefreshToken),
                expiresAt, time.GetUtcNow(), CancellationToken.None);
            // Stored before it is used: once used, the CRM may forget the old one.
            await transaction.CommitAsync();
            Log.Renewed(logger, account, clientId, expiresAt);
            return new AccessToken(renewed.AccessToken, expiresAt);
        }
        catch (CrmException refused) when (OAuthClient.IsTokenRefused(refused))
        {
            // The row was re-read under its lock just before, so no other process has a newer token: the grant is gone.
            await GrantStore.SaveLossAsync(connection, transaction, account, clientId, refused.Hint!, time.GetUtcNow(), CancellationToken.None);
            await transaction.CommitAsync();
            Log.WasLost(logger, account, clientId, refused.Hint!);
            throw Lost(account, refused.Hint, refused);
        }
        catch (CrmException unclear) when (unclear.Failure is CrmFailure.Invalid or CrmFailure.Unauthorized)
        {
            // Not a word of the token: a wrong secret or redirect address of ours must not cost the account its grant.
            Log.NotRenewed(logger, account, clientId, unclear.Message);
            throw new CrmException(
                unclear.Failure, "Renewing the token (check ClientSecret and RedirectUri of the integration)", unclear.Detail,
                unclear.Status, unclear.RequestId, inner: unclear);
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
            throw new CrmException(
                CrmFailure.Unauthorized, "Renewing the token", hint: "a long-lived token has ended and cannot be renewed");
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

        [LoggerMessage(4, LogLevel.Error, "The token of account {Account}, integration {ClientId}, was not renewed, the grant stays. {Failure}")]
        public static partial void NotRenewed(ILogger logger, AccountId account, string clientId, string failure);

        [LoggerMessage(3, LogLevel.Warning, "No answer to the renewal for account {Account}, integration {ClientId}; asking once more. {Failure}")]
        public static partial void AskingAgain(ILogger logger, AccountId account, string clientId, string failure);
    }
}
