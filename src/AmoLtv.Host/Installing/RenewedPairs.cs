using System.Collections.Concurrent;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Stores renewed pairs, and keeps in memory those that the database did not take: the CRM may have forgotten the token before them, so
/// that nothing else would bring the account back. They are tried again while the process lives, each time under the lock of the grant's
/// row and only where the grant still holds the token that the pair was given for (decision 0003).
/// </summary>
public sealed partial class RenewedPairs(NpgsqlDataSource database, SecretProtector protector, TimeProvider time, ILogger<RenewedPairs> logger) : BackgroundService
{
    /// <summary>Waited before each further attempt while the caller waits: a database that restarts is back by then.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.Zero, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(AccountId Account, string ClientId), RenewedPair> _kept = new();

    /// <summary>Pairs that are not stored yet.</summary>
    internal int Count => _kept.Count;

    /// <summary>Stores a pair in the transaction that holds the grant's row, and by another one where that is lost.</summary>
    /// <returns>The token, stored; null where the grant holds another token by now, which is the one to use.</returns>
    /// <exception cref="Exception">The database took it in no attempt: what the last one met. The pair is kept and tried again.</exception>
    internal async Task<AccessToken?> SaveAsync(NpgsqlTransaction transaction, RenewedPair renewed)
    {
        _kept[renewed.Grant] = renewed;
        try
        {
            await StoreAsync(transaction, renewed);
            await transaction.CommitAsync();
            Forget(renewed);
            return renewed.Access;
        }
        catch (Exception failure)
        {
            // Whatever it was: the pair is worth more than its cause.
            Log.NotSaved(logger, renewed.Account, renewed.ClientId, failure.Message);
            await LetGoAsync(transaction);
        }

        return await SavePatientlyAsync(renewed);
    }

    /// <summary>Stores the pair that is kept of a grant; does nothing where there is none.</summary>
    /// <returns>Its token, stored; null where there is none, or the grant holds another token by now.</returns>
    internal async Task<AccessToken?> SaveKeptAsync(AccountId account, string clientId) =>
        _kept.TryGetValue((account, clientId), out var renewed) ? await SaveAnewAsync(renewed) : null;

    /// <summary>Tries every pair that is kept once.</summary>
    internal async Task SaveKeptAsync()
    {
        foreach (var renewed in _kept.Values)
        {
            try
            {
                await SaveAnewAsync(renewed);
            }
            catch (Exception failure)
            {
                Log.NotSaved(logger, renewed.Account, renewed.ClientId, failure.Message);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveKeptAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The machine's own time: the database is not on a sandbox's clock.
        using var timer = new PeriodicTimer(Again, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SaveKeptAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is kept is tried once more by then.
        }
    }

    private async Task<AccessToken?> SavePatientlyAsync(RenewedPair renewed)
    {
        for (var attempt = 0; ; attempt++)
        {
            await Task.Delay(Pauses[attempt], TimeProvider.System);
            try
            {
                return await SaveAnewAsync(renewed);
            }
            catch (Exception failure) when (attempt < Pauses.Length - 1)
            {
                Log.NotSaved(logger, renewed.Account, renewed.ClientId, failure.Message);
            }
        }
    }

    private async Task<AccessToken?> SaveAnewAsync(RenewedPair renewed)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var stored = await GrantStore.LockTokensAsync(connection, transaction, renewed.Account, renewed.ClientId, CancellationToken.None);
        var held = stored?.RefreshToken is { } refresh ? protector.Unprotect(refresh) : null;
        if (held != renewed.Predecessor)
        {
            Forget(renewed);
            // The commit whose answer was lost may have been carried out.
            var isStored = held == renewed.Pair.RefreshToken;
            Log.Ended(logger, renewed.Account, renewed.ClientId, isStored ? "was stored already" : "is not needed any more: the grant was given another one");
            return isStored ? renewed.Access : null;
        }

        await StoreAsync(transaction, renewed);
        if (stored!.Status == GrantStatus.Lost)
        {
            // Another process took the silence for a lost answer and sent the old token, in vain.
            await GrantStore.SaveReturnAsync(connection, transaction, renewed.Account, renewed.ClientId, time.GetUtcNow(), CancellationToken.None);
        }

        await transaction.CommitAsync();
        Forget(renewed);
        Log.Ended(logger, renewed.Account, renewed.ClientId, "is stored after all");
        return renewed.Access;
    }

    private async Task StoreAsync(NpgsqlTransaction transaction, RenewedPair renewed)
    {
        var tokens = new NewTokens(
            protector.Protect(renewed.Pair.AccessToken), protector.Protect(renewed.Pair.RefreshToken), renewed.ExpiresAt,
            AccessTokenClaims.Read(renewed.Pair.AccessToken).ApiDomain);
        var connection = transaction.Connection ?? throw new NpgsqlException("The connection is gone.");
        await GrantStore.SaveTokensAsync(connection, transaction, renewed.Account, renewed.ClientId, tokens, time.GetUtcNow(), CancellationToken.None);
        if (renewed.Moved is { } address)
        {
            await GrantStore.SaveAddressAsync(connection, transaction, renewed.Account, address, CancellationToken.None);
        }
    }

    /// <summary>A newer pair of the same grant stays.</summary>
    private void Forget(RenewedPair renewed) => _kept.TryRemove(new(renewed.Grant, renewed));

    /// <summary>A transaction that only failed would still hold the row, against the next attempt too.</summary>
    private static async Task LetGoAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            // Its session has ended, and its locks with it.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The renewed token of account {Account}, integration {ClientId}, is not stored yet; it is kept and tried again. {Failure}")]
        public static partial void NotSaved(ILogger logger, AccountId account, string clientId, string failure);

        [LoggerMessage(2, LogLevel.Warning, "The renewed token of account {Account}, integration {ClientId}, {What}.")]
        public static partial void Ended(ILogger logger, AccountId account, string clientId, string what);
    }
}
