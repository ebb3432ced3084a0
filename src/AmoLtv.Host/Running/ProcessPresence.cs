using System.Data;
using AmoLtv.Host.Database;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>
/// One connection that this process keeps open as long as it lives. Its backend names the process in
/// <c>accounts.lease_holder</c>: when the process dies, PostgreSQL drops the backend and everybody can see it (ADR 0004).
/// </summary>
public sealed class ProcessPresence(NpgsqlDataSource database, IOptions<DatabaseOptions> options) : IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private NpgsqlDataSource? _own;
    private NpgsqlConnection? _connection;
    private string? _holder;

    /// <summary>
    /// The process as a lease holder: <c>backend pid/backend start</c>. A lost connection is opened again under a new
    /// name, which the next renewal of each lease writes down.
    /// </summary>
    public async Task<string> HolderAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await IsAliveAsync(cancellationToken) ? _holder! : await OpenAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _gate.Dispose();
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _own?.Dispose();
        _gate.Dispose();
    }

    private async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        // One that was broken would be opened again by the question below, under another backend than the one it is known by.
        if (_holder is null || _connection is not { State: ConnectionState.Open })
        {
            return false;
        }

        try
        {
            await _connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", cancellationToken: cancellationToken));
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        if (_own is not null)
        {
            await _own.DisposeAsync();
        }

        (_connection, _own) = (null, null);
    }

    private async Task<string> OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        // Not pooled: a closed connection has to end its backend, and a pool would keep that alive.
        var settings = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString)
        {
            Pooling = false,
            ApplicationName = new NpgsqlConnectionStringBuilder(database.ConnectionString).ApplicationName,
        };
        // Named, or it would be measured under its connection string.
        _own = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "amoltv-presence" }.Build();
        _holder = null;
        _connection = await _own.OpenConnectionAsync(cancellationToken);
        _holder = await _connection.QuerySingleAsync<string>(new CommandDefinition(
            """
            select pid || '/' || extract(epoch from backend_start)
            from pg_stat_activity
            where pid = pg_backend_pid()
            """,
            cancellationToken: cancellationToken));
        return _holder;
    }
}
