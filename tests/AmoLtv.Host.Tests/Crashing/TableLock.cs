using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Crashing;

/// <summary>A lock on a table that makes another process wait at a place the test chooses.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlConnection _watcher;
    private NpgsqlTransaction? _transaction;

    private TableLock(NpgsqlConnection connection, NpgsqlConnection watcher, NpgsqlTransaction transaction, string table) =>
        (_connection, _watcher, _transaction, Table) = (connection, watcher, transaction, table);

    public string Table { get; }

    /// <param name="mode">Of PostgreSQL: <c>share</c> stops writers, <c>exclusive</c> writers too, but never plain readers.</param>
    public static async Task<TableLock> TakeAsync(NpgsqlDataSource database, string table, string mode)
    {
        var connection = await database.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync($"lock table {table} in {mode} mode", transaction: transaction);
        return new TableLock(connection, await database.OpenConnectionAsync(), transaction, table);
    }

    public async Task<bool> IsWaitedForAsync() => await _watcher.ExecuteScalarAsync<bool>(
        "select exists (select 1 from pg_stat_activity where @Holder = any(pg_blocking_pids(pid)))", new { Holder = _connection.ProcessID });

    public async Task ReleaseAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.RollbackAsync();
            await _transaction.DisposeAsync();
            _transaction = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        await _connection.DisposeAsync();
        await _watcher.DisposeAsync();
    }
}
