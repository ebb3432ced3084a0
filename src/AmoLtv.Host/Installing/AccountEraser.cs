using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Erases everything that is stored of an account, in batches, and leaves a receipt. While it works nobody connects the account; cut off
/// by the end of its process it is taken up again, unless the account was connected in between.
/// </summary>
public sealed partial class AccountEraser(
    NpgsqlDataSource database, IEnumerable<IErasurePreparation> preparations, TimeProvider time, ILogger<AccountEraser> logger)
{
    private const int Batch = 10_000;

    /// <summary>A CRM that does not answer does not keep an account from being erased.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>The receipt; null where nothing was erased, since the account is connected again.</returns>
    public async Task<ErasureReceipt?> EraseAsync(AccountId account, ErasureCause cause, CancellationToken cancellationToken)
    {
        if (cause == ErasureCause.Command)
        {
            // Before the account's lock is taken. Of an uninstalled account no token works, and the CRM has ended what was ours.
            await PrepareAsync(account, cancellationToken);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            if (await ErasureStore.BeginAsync(connection, account, cause, time.GetUtcNow(), cancellationToken) is not { } began)
            {
                Log.NotErased(logger, account);
                return null;
            }

            Log.Began(logger, account, cause);
            await DeleteAsync(connection, account, began, cancellationToken);
            var receipt = await ErasureStore.FinishAsync(connection, account, began, time.GetUtcNow(), cancellationToken);
            Log.Erased(logger, account, receipt.Tables.Values.Sum(), receipt.Tables.Count);
            return receipt;
        }
        finally
        {
            // Closing would not do: the session goes back to the pool with its lock.
            await ErasureStore.EndAsync(connection, account);
        }
    }

    /// <summary>Deletes what a process that knew nothing of the erasure has stored of the account since.</summary>
    public async Task SweepAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            if (await ErasureStore.ReopenAsync(connection, account, cancellationToken) is { } began)
            {
                await DeleteAsync(connection, account, began, cancellationToken);
            }
        }
        finally
        {
            await ErasureStore.EndAsync(connection, account);
        }
    }

    private async Task PrepareAsync(AccountId account, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        foreach (var preparation in preparations)
        {
            try
            {
                await preparation.PrepareAsync(account, limit.Token);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Log.NotPrepared(logger, account, failure.Message);
            }
        }
    }

    private static async Task DeleteAsync(NpgsqlConnection connection, AccountId account, DateTimeOffset began, CancellationToken cancellationToken)
    {
        // Twice: a hook or a person may have added a row behind the first pass, which found the account still there.
        for (var pass = 1; pass <= 2; pass++)
        {
            foreach (var table in await ErasureStore.ListTablesAsync(connection, cancellationToken))
            {
                while (await ErasureStore.DeleteBatchAsync(connection, account, began, table, Batch, cancellationToken) == Batch)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {Account} is being erased ({Cause}).")]
        public static partial void Began(ILogger logger, AccountId account, ErasureCause cause);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account} is erased: {Rows} rows of {Tables} tables.")]
        public static partial void Erased(ILogger logger, AccountId account, long rows, int tables);

        [LoggerMessage(4, LogLevel.Warning, "Account {Account} is erased though not everything of ours could be taken back at the CRM. {Failure}")]
        public static partial void NotPrepared(ILogger logger, AccountId account, string failure);

        [LoggerMessage(3, LogLevel.Information, "Account {Account} is not erased: it is connected again.")]
        public static partial void NotErased(ILogger logger, AccountId account);
    }
}
