using AmoLtv.Core.Identity;
using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Retention;

/// <summary>Deletes what is past, account by account. Safe to repeat and to cut off: what is left goes in the next round.</summary>
public sealed partial class RetentionJob(
    RetentionStore store, IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionJob> logger) : IRecurringJob
{
    public string Name => "retention";

    public TimeSpan Every => TimeSpan.FromHours(12);

    /// <summary>Hooks that nobody has looked at for so long: the account rests, or changes are not followed.</summary>
    private static readonly TimeSpan MarksKept = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var account in await store.ListAccountsAsync(cancellationToken))
        {
            try
            {
                await DeleteAsync(account, Expiry.Sessions, days: 0, cancellationToken);
                await store.FoldMarksAsync(account, time.GetUtcNow() - MarksKept, cancellationToken);
                await DeleteAsync(account, Expiry.Fields, options.Value.FieldDays, cancellationToken);
                await DeleteAsync(account, Expiry.Results, options.Value.ResultDays, cancellationToken);
                await DeleteAsync(account, Expiry.Runs, options.Value.RunDays, cancellationToken);
            }
            catch (NpgsqlException failure) when (failure is { InnerException: TimeoutException } || (failure is PostgresException refused && !ServerTrouble.IsRestart(refused)))
            {
                // What one account has too much of, or a row of it that cannot be deleted, keeps no other account's.
                Log.NotDeleted(logger, failure, account);
            }
        }
    }

    private async Task DeleteAsync(AccountId account, IReadOnlyList<Expiry> expiries, int days, CancellationToken cancellationToken)
    {
        var deleted = await store.DeleteAsync(account, expiries, time.GetUtcNow().AddDays(-days), cancellationToken);
        if (deleted.Where(table => table.Value > 0).ToList() is { Count: > 0 } tables)
        {
            Log.Deleted(logger, account, days, string.Join(", ", tables.Select(table => $"{table.Value} {table.Key}")));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Account {Account}: rows older than {Days} days were deleted: {Tables}.")]
        public static partial void Deleted(ILogger logger, AccountId account, int days, string tables);

        [LoggerMessage(2, LogLevel.Error, "Account {Account}: what is past could not be deleted; tried again with the next round.")]
        public static partial void NotDeleted(ILogger logger, Exception failure, AccountId account);
    }
}
