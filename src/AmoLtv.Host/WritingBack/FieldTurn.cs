using System.Collections.Concurrent;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Lets one person at a time change which fields an account is written into, in whichever process: the second one finds what the first
/// has created. The CRM is asked meanwhile, so it is no transaction.
/// </summary>
public sealed class FieldTurn(NpgsqlDataSource database)
{
    private const int LongestWaitSeconds = 300;

    private readonly ConcurrentDictionary<AccountId, SemaphoreSlim> _turns = new();

    /// <param name="account">The account.</param>
    /// <param name="require">Throws where the change is not to be made after all.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> TakeAsync<T>(
        AccountId account, Func<NpgsqlConnection, Task>? require, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        // Whoever waits in this process waits without a connection: the one whose turn it is needs more than one.
        var turn = _turns.GetOrAdd(account, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await TakeAmongProcessesAsync(account, require, change, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<T> TakeAmongProcessesAsync<T>(
        AccountId account, Func<NpgsqlConnection, Task>? require, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var key = new { Account = account.Value };
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_lock(hashtextextended('amoltv.enable', @Account))", key, commandTimeout: LongestWaitSeconds, cancellationToken: cancellationToken));
        try
        {
            await (require?.Invoke(connection) ?? Task.CompletedTask);
            return await change();
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended('amoltv.enable', @Account))", key);
        }
    }
}
