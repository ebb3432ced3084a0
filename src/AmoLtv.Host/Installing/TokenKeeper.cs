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
    NpgsqlDataSource database, GrantStore grants, RenewalTurns turns, TokenRenewal renewal, RenewedPairs pairs, SecretProtector protector,
    TimeProvider time, ILogger<TokenKeeper> logger)
{
    /// <summary>A token is renewed so long before its end, so that no call meets its last second.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public bool IsEnding(DateTimeOffset expiresAt) => expiresAt - time.GetUtcNow() < Margin;

    /// <param name="account">The account.</param>
    /// <param name="clientId">Of the integration.</param>
    /// <param name="rejected">A token the CRM answered 401 to: another one is wanted, even if this one has not ended.</param>
    /// <param name="cancellationToken">Ends the wait for a turn, never a renewal that has begun.</param>
    /// <exception cref="ConnectionLostException">The grant is gone for good.</exception>
    /// <exception cref="CrmException">The CRM could not be asked; the grant stays as it is.</exception>
    public async Task<AccessToken> GetAsync(AccountId account, string clientId, string? rejected, CancellationToken cancellationToken)
    {
        var stored = await grants.ReadTokensAsync(account, clientId, cancellationToken);
        // A caller may leave while it waits for its turn. Once the renewal has begun nothing stops it: the CRM may have given
        // the new pair already, and an answer that is not stored is a connection lost.
        return Usable(account, stored, rejected)
            ?? await turns.TakeAsync(account, clientId, () => RenewLockedAsync(account, clientId, rejected, stored!.RenewalFailures), cancellationToken);
    }

    /// <summary>Renews a token before its time, unless another process does.</summary>
    /// <exception cref="ConnectionLostException">The grant is gone for good.</exception>
    /// <exception cref="CrmException">The CRM could not be asked; the grant stays as it is.</exception>
    public async Task RenewAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        if (await grants.ReadTokensAsync(account, clientId, cancellationToken) is { RefreshToken: not null, Status: GrantStatus.Connected } stored)
        {
            await GetAsync(account, clientId, protector.Unprotect(stored.AccessToken), cancellationToken);
        }
    }

    internal static ConnectionLostException Lost(AccountId account, string? reason, Exception? cause = null) =>
        new($"The connection to account {account} is lost ({reason ?? "no reason was given"}). "
            + "An administrator of the account must install the integration again.", cause);

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
        // A long-lived token cannot be renewed: it is used to its last second.
        var isEnding = stored.RefreshToken is null ? stored.ExpiresAt <= time.GetUtcNow() : IsEnding(stored.ExpiresAt);
        return access != rejected && !isEnding ? new AccessToken(access, stored.ExpiresAt) : null;
    }

    /// <param name="failuresSeen">Renewals that had failed before this caller began to wait.</param>
    private async Task<AccessToken> RenewLockedAsync(AccountId account, string clientId, string? rejected, int failuresSeen)
    {
        if (await pairs.SaveKeptAsync(account, clientId) is { } kept && kept.Value != rejected && !IsEnding(kept.ExpiresAt))
        {
            return kept;
        }

        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // Another process may have renewed the token while this one waited for the row: what is read now is the truth.
        var stored = await GrantStore.LockTokensAsync(connection, transaction, account, clientId, CancellationToken.None);
        if (Usable(account, stored, rejected) is { } renewedByAnother)
        {
            return renewedByAnother;
        }

        if (stored!.RefreshToken is null)
        {
            throw await LoseAsync(transaction, account, clientId, EndOfLongLived(stored), null);
        }

        if (stored.RenewalFailures > failuresSeen)
        {
            // Another process waited out the CRM's silence while this one waited for the row: once is enough for all who stand here.
            throw new CrmException(CrmFailure.Timeout, "Renewing the token, which another process has just tried,", stored.RenewalFailure);
        }

        return await RenewAsync(transaction, account, clientId, stored);
    }

    /// <summary>Stored before it is used: once used, the CRM may forget the old one.</summary>
    private async Task<AccessToken> RenewAsync(NpgsqlTransaction transaction, AccountId account, string clientId, StoredTokens stored)
    {
        var renewed = await AskAsync(transaction, account, clientId, stored);
        if (await pairs.SaveAsync(transaction, renewed) is not { } access)
        {
            return Usable(account, await grants.ReadTokensAsync(account, clientId, CancellationToken.None), rejected: null)
                ?? throw new CrmException(CrmFailure.Timeout, "Renewing the token, which was replaced meanwhile,");
        }

        Log.Renewed(logger, account, clientId, access.ExpiresAt);
        return access;
    }

    private async Task<RenewedPair> AskAsync(NpgsqlTransaction transaction, AccountId account, string clientId, StoredTokens stored)
    {
        try
        {
            var (pair, address) = await renewal.AskAsync(account, clientId, stored);
            return new RenewedPair(
                account, clientId, protector.Unprotect(stored.RefreshToken!), pair, time.GetUtcNow() + pair.Lifetime, address == stored.BaseAddress ? null : address);
        }
        catch (CrmException refused) when (OAuthClient.IsTokenRefused(refused))
        {
            // The row was re-read under its lock just before, so no other process has a newer token: the grant is gone.
            throw await LoseAsync(transaction, account, clientId, refused.Hint!, refused);
        }
        catch (CrmException refused) when (refused.Failure is CrmFailure.Invalid or CrmFailure.Unauthorized)
        {
            throw await RefuseAsync(transaction, account, clientId, stored, refused);
        }
        catch (CrmException failure)
        {
            await SaveFailureAsync(transaction, account, clientId, failure, isRefused: false);
            throw;
        }
    }

    /// <summary>Not a word of the token: a wrong secret or redirect address of ours must not cost the account its grant, unless it lasts.</summary>
    private async Task<Exception> RefuseAsync(NpgsqlTransaction transaction, AccountId account, string clientId, StoredTokens stored, CrmException refused)
    {
        var othersWereRenewed = stored.RefusedSince is { } since
            && await GrantStore.IsAnotherRenewedAsync(transaction.Connection!, transaction, account, clientId, since, CancellationToken.None);
        if (RefusalRule.IsLost(stored.RefusedSince, stored.RenewalFailures + 1, othersWereRenewed, time.GetUtcNow()))
        {
            return await LoseAsync(
                transaction, account, clientId,
                $"the CRM has refused to renew it since {stored.RefusedSince:u} without a word of the token ({refused.Detail ?? refused.Message}); "
                + "if a new install is refused too, check ClientSecret and RedirectUri of the integration",
                refused);
        }

        await SaveFailureAsync(transaction, account, clientId, refused, isRefused: true);
        return new CrmException(
            CrmFailure.Invalid, "Renewing the token (check ClientSecret and RedirectUri of the integration)", refused.Detail,
            refused.Status, refused.RequestId, inner: refused);
    }

    private async Task SaveFailureAsync(NpgsqlTransaction transaction, AccountId account, string clientId, CrmException failure, bool isRefused)
    {
        await GrantStore.SaveFailureAsync(
            transaction.Connection!, transaction, account, clientId, failure.Message, isRefused, time.GetUtcNow(), CancellationToken.None);
        await transaction.CommitAsync();
        Log.NotRenewed(logger, account, clientId, failure.Message);
    }

    private async Task<ConnectionLostException> LoseAsync(
        NpgsqlTransaction transaction, AccountId account, string clientId, string reason, Exception? cause)
    {
        await GrantStore.SaveLossAsync(transaction.Connection!, transaction, account, clientId, reason, time.GetUtcNow(), CancellationToken.None);
        await transaction.CommitAsync();
        Log.WasLost(logger, account, clientId, reason);
        return Lost(account, reason, cause);
    }

    private string EndOfLongLived(StoredTokens stored) =>
        stored.ExpiresAt <= time.GetUtcNow() ? "the long-lived token has ended" : "the CRM does not accept the long-lived token any more";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Renewed the token of account {Account}, integration {ClientId}; it lasts until {ExpiresAt}.")]
        public static partial void Renewed(ILogger logger, AccountId account, string clientId, DateTimeOffset expiresAt);

        [LoggerMessage(2, LogLevel.Warning, "The connection to account {Account}, integration {ClientId}, is lost: {Reason}.")]
        public static partial void WasLost(ILogger logger, AccountId account, string clientId, string reason);

        [LoggerMessage(4, LogLevel.Error, "The token of account {Account}, integration {ClientId}, was not renewed, the grant stays. {Failure}")]
        public static partial void NotRenewed(ILogger logger, AccountId account, string clientId, string failure);
    }
}
