using AmoLtv.Host.Database;
using AmoLtv.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AmoLtv.Soak;

/// <summary>A private PostgreSQL for all seeds; each takes copies of a migrated database and drops them.</summary>
internal sealed class SoakDatabases : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly string _template;
    private readonly NpgsqlDataSource _administration;
    private readonly SemaphoreSlim _copying = new(1, 1);

    private SoakDatabases(PostgresCluster cluster, string template)
    {
        (_cluster, _template) = (cluster, template);
        _administration = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(template) { Database = "postgres" }.ConnectionString);
    }

    public static async Task<SoakDatabases> StartAsync()
    {
        var cluster = await PostgresCluster.StartAsync();
        var template = await cluster.CreateDatabaseAsync();
        // Unpooled: nobody may be connected to a database that is copied.
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(template) { Pooling = false }.ConnectionString);
        await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        return new SoakDatabases(cluster, template);
    }

    /// <summary>A new database with the current schema and no rows; its connection string.</summary>
    public async Task<string> CreateAsync()
    {
        await _copying.WaitAsync();
        try
        {
            return await _cluster.CreateDatabaseAsync(_template);
        }
        finally
        {
            _copying.Release();
        }
    }

    public async Task DropAsync(string connectionString)
    {
        await using var command = _administration.CreateCommand($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// What PostgreSQL does when a process dies: its connections end, transactions that were open are as if they had never been. Returns
    /// when none is left.
    /// </summary>
    /// <param name="applicationName">The name all connections of the process bear.</param>
    public async Task EndConnectionsAsync(string applicationName)
    {
        // Twice without any: one may have been on its way while the others were ended.
        for (var quiet = 0; quiet < 2;)
        {
            await using var command = _administration.CreateCommand(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = $1");
            command.Parameters.AddWithValue(applicationName);
            quiet = await command.ExecuteScalarAsync() is 0L ? quiet + 1 : 0;
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _administration.DisposeAsync();
        await _cluster.DisposeAsync();
        _copying.Dispose();
    }
}
