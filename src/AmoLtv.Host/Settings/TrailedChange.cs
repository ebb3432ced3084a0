using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>
/// Changes what is no version of the settings (tasks, notices, pace, currency): only while it is as the person saw it, and together with
/// its trace. One change of an account's area at a time.
/// </summary>
public sealed class TrailedChange(NpgsqlDataSource database, TrailStore trail)
{
    /// <summary>SQL of the advisory lock of an account's area, of the parameters <c>@Area</c> and <c>@Account</c>.</summary>
    public const string LockKey = "hashtextextended('amoltv.settings ' || @Area, @Account)";

    /// <summary>A change that asks the CRM holds the lock until it is answered.</summary>
    public const int LongestWaitSeconds = 300;

    /// <typeparam name="T">What the page shows and the trace keeps; no secrets.</typeparam>
    /// <param name="caller">Who changes it.</param>
    /// <param name="area">One of the constants of <see cref="TrailStore"/>.</param>
    /// <param name="seen">As <see cref="SeenState.Of"/> of what the page showed.</param>
    /// <param name="read">Reads it as it is.</param>
    /// <param name="write">Writes it, given what it was.</param>
    /// <param name="cancellationToken">Ends the call; then nothing is changed.</param>
    /// <returns>As it is now.</returns>
    /// <exception cref="StaleStateException">It is another than was seen; nothing was changed.</exception>
    public Task<T> MakeAsync<T>(
        Caller caller, string area, string? seen, Func<NpgsqlConnection, Task<T>> read, Func<NpgsqlConnection, T, Task> write,
        CancellationToken cancellationToken) =>
        MakeAsync(caller, area, current => SeenState.Of(current) == seen, read, write, cancellationToken);

    /// <inheritdoc cref="MakeAsync{T}(Caller, string, string?, Func{NpgsqlConnection, Task{T}}, Func{NpgsqlConnection, T, Task}, CancellationToken)"/>
    /// <param name="caller">Who changes it.</param>
    /// <param name="area">One of the constants of <see cref="TrailStore"/>.</param>
    /// <param name="isAsSeen">Whether it still is what the page showed.</param>
    /// <param name="read">Reads it as it is.</param>
    /// <param name="write">Writes it, given what it was.</param>
    /// <param name="cancellationToken">Ends the call; then nothing is changed.</param>
    public async Task<T> MakeAsync<T>(
        Caller caller, string area, Func<T, bool> isAsSeen, Func<NpgsqlConnection, Task<T>> read, Func<NpgsqlConnection, T, Task> write,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            $"select pg_advisory_xact_lock({LockKey})",
            new { Area = area, Account = caller.Account.Value },
            commandTimeout: LongestWaitSeconds,
            cancellationToken: cancellationToken));
        var before = await read(connection);
        if (!isAsSeen(before))
        {
            throw await trail.StaleAsync(connection, caller.Account, area, before, cancellationToken);
        }

        await write(connection, before);
        var after = await read(connection);
        await trail.AddAsync(connection, caller.Account, caller.User, area, before, after, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return after;
    }
}
