using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>
/// An account held by this process: renewed until disposed. <see cref="Lost"/> is cancelled when another run took the
/// account over, or when the lease ran out because the database could not be reached in time.
/// </summary>
public sealed partial class AccountLease : IAsyncDisposable
{
    /// <summary>A quarter of the lease's time: three renewals may fail before the account is given up.</summary>
    public static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(15);

    private readonly LeaseStore _store;
    private readonly ProcessPresence _presence;
    private readonly ILogger<AccountLease> _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewal;

    public AccountLease(AccountId account, long epoch, LeaseStore store, ProcessPresence presence, ILogger<AccountLease> logger)
    {
        (Account, Epoch, _store, _presence, _logger) = (account, epoch, store, presence, logger);
        _renewal = RenewAsync(_ended.Token);
    }

    public AccountId Account { get; }

    public long Epoch { get; }

    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewal;
        try
        {
            await _store.ReleaseAsync(Account, Epoch, CancellationToken.None);
        }
        catch (NpgsqlException failure)
        {
            // The lease runs out by itself, and sooner where the process ends.
            Log.NotReleased(_logger, failure, Account);
        }

        _ended.Dispose();
        _lost.Dispose();
    }

    /// <summary>The time is the machine's own, never a sandbox's: the database's clock does not follow that.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var renewed = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(renewed) < LeaseStore.Duration)
            {
                await Task.Delay(RenewalPeriod, time, cancellationToken);
                switch (await TryRenewAsync(cancellationToken))
                {
                    case true:
                        renewed = time.GetTimestamp();
                        break;
                    case false:
                        Log.TakenOver(_logger, Account);
                        await _lost.CancelAsync();
                        return;
                    default:
                        continue;
                }
            }

            Log.RanOut(_logger, Account);
            await _lost.CancelAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed: the run is over.
        }
    }

    private async Task<bool?> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _store.RenewAsync(Account, Epoch, await _presence.HolderAsync(cancellationToken), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever it is: a renewal that ended unseen would leave the run believing that it holds the account.
            Log.NotRenewed(_logger, failure, Account);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The lease of account {Account} could not be renewed; trying again.")]
        public static partial void NotRenewed(ILogger logger, Exception failure, AccountId account);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account} was taken over by another run; this one stops.")]
        public static partial void TakenOver(ILogger logger, AccountId account);

        [LoggerMessage(3, LogLevel.Error, "The lease of account {Account} ran out because the database could not be reached; the run stops.")]
        public static partial void RanOut(ILogger logger, AccountId account);

        [LoggerMessage(4, LogLevel.Warning, "The lease of account {Account} could not be given back; it runs out by itself.")]
        public static partial void NotReleased(ILogger logger, Exception failure, AccountId account);
    }
}
