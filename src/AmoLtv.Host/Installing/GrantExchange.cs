using System.Text.Json;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Turns a pending grant into a connected account: code to tokens, tokens tried on the account itself, then stored.
/// Each step is kept before the next, so that a killed process goes on where it stood.
/// </summary>
public sealed partial class GrantExchange(
    PendingGrantStore pending, AccountStore accounts, IntegrationDirectory integrations, OAuthClient oauth,
    AmoCrmClientFactory clients, SecretProtector protector, TimeProvider time, ILogger<GrantExchange> logger)
{
    /// <summary>Lifetime of an authorization code.</summary>
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(20);

    /// <summary>Tokens that were exchanged and cannot be checked for so long are given up.</summary>
    private static readonly TimeSpan CheckLifetime = TimeSpan.FromHours(12);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>Waited before each further attempt at storing what was exchanged.</summary>
    private static readonly TimeSpan[] Pauses = [.. Enumerable.Range(0, 7).Select(attempt => TimeSpan.FromSeconds(0.5 * Math.Pow(2, attempt)))];

    /// <summary>Does what is due for one pending grant; nothing where another process has it.</summary>
    public async Task ProcessAsync(long pendingId, CancellationToken cancellationToken)
    {
        if (await pending.ClaimAsync(pendingId, cancellationToken) is not { } grant)
        {
            return;
        }

        try
        {
            await ConnectAsync(grant, cancellationToken);
        }
        catch (CrmException failure) when (failure.IsRetryable)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 2 * Math.Pow(2, grant.Attempts)));
            await pending.PostponeAsync(grant.Id, pause, failure.Message, CancellationToken.None);
            Log.Postponed(logger, grant.BaseAddress.Authority, pause.TotalSeconds, failure.Message);
        }
        catch (CrmException failure)
        {
            await RefuseAsync(grant, InstallResult.CodeRefused, failure.Message, null);
        }
        catch (ConnectionLostException failure)
        {
            await RefuseAsync(grant, InstallResult.UnknownHost, failure.Message, null);
        }
    }

    private async Task ConnectAsync(PendingGrant grant, CancellationToken cancellationToken)
    {
        if (integrations.Find(grant.ClientId) is not { } integration)
        {
            await RefuseAsync(grant, InstallResult.UnknownIntegration, $"Integration {grant.ClientId} is not configured here.", null);
            return;
        }

        var age = time.GetUtcNow() - grant.ReceivedAt;
        if (age > (grant.Tokens is null ? CodeLifetime : CheckLifetime))
        {
            await pending.EndAsync(grant.Id, "expired", InstallResult.Expired, grant.Attempts > 1 ? "The CRM did not answer in time." : null, null, cancellationToken);
            Log.Expired(logger, grant.BaseAddress.Authority);
            return;
        }

        var address = integrations.Permitted(grant.BaseAddress);
        var tokens = grant.Tokens is { } kept
            ? JsonSerializer.Deserialize<ExchangedTokens>(protector.Unprotect(kept))!
            : await ExchangeAsync(grant, integration, address);
        await CheckAsync(grant, integration, address, tokens, cancellationToken);
    }

    private async Task<ExchangedTokens> ExchangeAsync(PendingGrant grant, Integration integration, Uri address)
    {
        // Not cancelled by a shutdown: the code works once, and its answer must be kept.
        var pair = await oauth.ExchangeCodeAsync(integration.Crm, address, protector.Unprotect(grant.Code), CancellationToken.None);
        var tokens = new ExchangedTokens(pair.AccessToken, pair.RefreshToken, time.GetUtcNow() + pair.Lifetime);
        await SavePatientlyAsync(grant.Id, protector.Protect(JsonSerializer.Serialize(tokens)));
        return tokens;
    }

    /// <summary>The code is used up: a database that restarts meanwhile must not cost the account its install.</summary>
    private async Task SavePatientlyAsync(long id, byte[] tokens)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await pending.SaveTokensAsync(id, tokens, CancellationToken.None);
                return;
            }
            catch (NpgsqlException failure) when (attempt < Pauses.Length)
            {
                Log.NotKept(logger, failure.Message);
                await Task.Delay(Pauses[attempt], TimeProvider.System);
            }
        }
    }

    private async Task CheckAsync(PendingGrant grant, Integration integration, Uri address, ExchangedTokens tokens, CancellationToken cancellationToken)
    {
        var client = clients.Create(new AccountConnection(null, address, grant.ClientId, new PresentedToken(tokens.AccessToken)));
        var account = await client.GetAccountAsync(cancellationToken);
        if (!GrantRules.NamesHost(account, address))
        {
            await RefuseAsync(grant, InstallResult.WrongAccount, $"The account is {account.Subdomain}, not the one at {address.Authority}.", account.Id.Value);
            return;
        }

        var decision = await accounts.ConnectAsync(
            new NewGrant(
                grant.Id, integration, address, account, await client.IsAdministratorAsync(account.CurrentUser, cancellationToken) == true,
                protector.Protect(tokens.AccessToken), protector.Protect(tokens.RefreshToken), tokens.ExpiresAt,
                AccessTokenClaims.Read(tokens.AccessToken).ApiDomain),
            cancellationToken);
        if (decision == GrantDecision.Accepted)
        {
            Log.Connected(logger, account.Id.Value, grant.ClientId, address.Authority);
            return;
        }

        var result = decision == GrantDecision.RefusedFirstByNonAdmin ? InstallResult.NotAdmin : InstallResult.AdminConnected;
        await RefuseAsync(grant, result, null, account.Id.Value);
    }

    private async Task RefuseAsync(PendingGrant grant, InstallResult refusal, string? reason, long? accountId)
    {
        await pending.EndAsync(grant.Id, "refused", refusal, reason, accountId, CancellationToken.None);
        Log.Refused(logger, grant.BaseAddress.Authority, refusal, reason ?? "No more is known.");
    }

    private sealed record ExchangedTokens(string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt);

    private static partial class Log
    {
        [LoggerMessage(5, LogLevel.Error, "The tokens of an install are not stored yet; they are kept and tried again. {Failure}")]
        public static partial void NotKept(ILogger logger, string failure);

        [LoggerMessage(1, LogLevel.Information, "Connected account {Account} at {Host} by integration {ClientId}.")]
        public static partial void Connected(ILogger logger, long account, string clientId, string host);

        [LoggerMessage(2, LogLevel.Warning, "Refused an install at {Host} ({Refusal}): {Reason}")]
        public static partial void Refused(ILogger logger, string host, InstallResult refusal, string reason);

        [LoggerMessage(3, LogLevel.Warning, "An install at {Host} is tried again in {Seconds} seconds: {Reason}")]
        public static partial void Postponed(ILogger logger, string host, double seconds, string reason);

        [LoggerMessage(4, LogLevel.Warning, "The code of an install at {Host} was not exchanged within its time.")]
        public static partial void Expired(ILogger logger, string host);
    }
}
