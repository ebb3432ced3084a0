using Dapper;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>
/// Keeps a run that was frozen and woke up from overwriting its successor: every write of results happens in a
/// transaction that calls <see cref="CheckAsync"/> first, and every batch to the CRM is preceded by a call without one.
/// </summary>
public static class RunFence
{
    /// <summary>
    /// Checks that the account's row still has the run's epoch. Within a transaction the row's key stays locked until
    /// it ends, so that no successor can claim the account before what is written here is visible to it. Renewing the
    /// lease changes no key: however long the transaction, its own run does not wait for it.
    /// </summary>
    /// <exception cref="RunFencedException">Another run took the account over, or the account is gone.</exception>
    public static async Task CheckAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, RunContext run, CancellationToken cancellationToken)
    {
        var held = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select 1 from accounts where account_id = @Account and epoch = @Epoch for key share",
            new { Account = run.Account.Value, run.Epoch },
            transaction,
            cancellationToken: cancellationToken));
        if (held is null)
        {
            throw Replaced(run);
        }
    }

    public static RunFencedException Replaced(RunContext run) => new($"Run {run.Run} of account {run.Account} was replaced by a later one and writes nothing more.");
}
