using System.Collections.Concurrent;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Lets one person at a time change which fields an account is written into, in whichever process: the second one finds what the first
/// has created, and none changes rate or language meanwhile. The CRM is asked in between, so it is no transaction.
/// </summary>
public sealed class FieldTurn(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<AccountId, SemaphoreSlim> _turns = new();

    /// <param name="account">The account.</param>
    /// <param name="witness">Sees what is changed; null: nobody.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> TakeAsync<T>(
        AccountId account, TurnWitness? witness, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        // Whoever waits in this process waits without a connection: the one whose turn it is needs more than one.
        var turn = _turns.GetOrAdd(account, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await TakeAmongProcessesAsync(account, witness, change, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<T> TakeAmongProcessesAsync<T>(
        AccountId account, TurnWitness? witness, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var key = new { Area = TrailStore.WriteBack, Account = account.Value };
        await connection.ExecuteAsync(new CommandDefinition(
            $"select pg_advisory_lock({TrailedChange.LockKey})", key, commandTimeout: TrailedChange.LongestWaitSeconds, cancellationToken: cancellationToken));
        try
        {
            await (witness?.Before(connection) ?? Task.CompletedTask);
            var changed = await change();
            await (witness?.After(connection) ?? Task.CompletedTask);
            return changed;
        }
        finally
        {
            await connection.ExecuteAsync($"select pg_advisory_unlock({TrailedChange.LockKey})", key);
        }
    }
}
