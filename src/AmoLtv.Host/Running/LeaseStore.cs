using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>SQL of the accounts' leases. Times are the database's own: it is the one clock all processes share.</summary>
public sealed class LeaseStore(NpgsqlDataSource database)
{
    /// <summary>How long a frozen holder keeps its account.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>A condition on a row of accounts: nobody holds the account, the lease is over, or its process is gone.</summary>
    public const string IsFree =
        """
        (lease_holder is null
         or lease_expires_at <= clock_timestamp()
         or not exists (select 1 from pg_stat_activity s
                        where s.pid || '/' || extract(epoch from s.backend_start) = lease_holder))
        """;

    /// <summary>Who holds the account, null where it may be claimed.</summary>
    public async Task<AccountHolder?> FindHolderAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<AccountHolder>(new CommandDefinition(
            $"""
            select a.lease_holder as Holder, r.run_id as RunId, r.cause as Cause, r.started_at as StartedAt
            from accounts a
            left join runs r on r.account_id = a.account_id and r.epoch = a.epoch and r.status = 'running'
            where a.account_id = @Account and not {IsFree}
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }

    /// <summary>Claims the account within the caller's transaction.</summary>
    /// <returns>The new epoch, or null where another live holder has the account.</returns>
    public static async Task<long?> ClaimAsync(
        NpgsqlTransaction transaction, AccountId account, string holder, CancellationToken cancellationToken)
    {
        // The row is locked by a statement of its own: pg_stat_activity is read once a transaction, and it must not
        // have been read before a competing claim committed. Nothing weaker waits for what is written behind the fence.
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "set local lock_timeout = '5s'; select from accounts where account_id = @Account for update",
            new { Account = account.Value },
            transaction,
            cancellationToken: cancellationToken));
        return await transaction.Connection!.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            $"""
            update accounts
            set epoch = epoch + 1, lease_holder = @holder, lease_expires_at = clock_timestamp() + @Duration
            where account_id = @Account and {IsFree}
            returning epoch
            """,
            new { Account = account.Value, holder, Duration },
            transaction,
            cancellationToken: cancellationToken));
    }

    /// <summary>Gives an account back within the transaction that claimed it.</summary>
    public static Task GiveBackAsync(NpgsqlTransaction transaction, AccountId account, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update accounts set lease_holder = null, lease_expires_at = null where account_id = @Account",
            new { Account = account.Value },
            transaction,
            cancellationToken: cancellationToken));

    /// <returns>False where another run took the account over.</returns>
    public async Task<bool> RenewAsync(AccountId account, long epoch, string holder, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update accounts
            set lease_holder = @holder, lease_expires_at = clock_timestamp() + @Duration
            where account_id = @Account and epoch = @epoch
            """,
            new { Account = account.Value, epoch, holder, Duration },
            // One that hangs must be known before the lease is over.
            commandTimeout: 10,
            cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>Gives the account back, unless another run has taken it over meanwhile.</summary>
    public async Task ReleaseAsync(AccountId account, long epoch, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update accounts
            set lease_holder = null, lease_expires_at = null
            where account_id = @Account and epoch = @epoch
            """,
            new { Account = account.Value, epoch },
            cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Ends the open transactions of a frozen holder: its lock on the account's row would keep the row from every
    /// successor for as long as the process stays frozen.
    /// </summary>
    public async Task EndTransactionsOfExpiredHolderAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            select pg_terminate_backend(b.pid)
            from accounts a
            join pg_stat_activity p on p.pid || '/' || extract(epoch from p.backend_start) = a.lease_holder
            join pg_stat_activity b on b.application_name = p.application_name and b.datname = current_database()
            where a.account_id = @Account
              and a.lease_expires_at <= clock_timestamp()
              and b.pid <> pg_backend_pid()
              and b.xact_start < clock_timestamp() - interval '5 seconds'
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }
}
