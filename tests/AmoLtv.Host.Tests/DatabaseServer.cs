using AmoLtv.Host.Database;
using AmoLtv.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AmoLtv.Host.Tests;

/// <summary>One private PostgreSQL for every test of this assembly; each test takes its own database of it.</summary>
[SetUpFixture]
public sealed class DatabaseServer
{
    private static readonly SemaphoreSlim Starting = new(1, 1);
    private static PostgresCluster? _cluster;
    private static string? _migrated;

    /// <summary>A new database with the current schema and no rows.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateMigratedDatabaseAsync()
    {
        await Starting.WaitAsync();
        try
        {
            // Migrated once and copied from then on: a copy takes a tenth of the time.
            var cluster = await StartedAsync();
            _migrated ??= await MigratedAsync(await cluster.CreateDatabaseAsync());
            return await cluster.CreateDatabaseAsync(_migrated);
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>A new database without any table.</summary>
    public static async Task<string> CreateEmptyDatabaseAsync()
    {
        await Starting.WaitAsync();
        try
        {
            return await (await StartedAsync()).CreateDatabaseAsync();
        }
        finally
        {
            Starting.Release();
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>Started by the first fixture that asks: a filtered run of tests without SQL needs no server.</summary>
    private static async Task<PostgresCluster> StartedAsync()
    {
        // As the service has it, before any statement of it is read: how columns are matched is remembered with the first reading.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        return _cluster ??= await PostgresCluster.StartAsync();
    }

    private static async Task<string> MigratedAsync(string connectionString)
    {
        // Unpooled: nobody may be connected to a database that is copied.
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        return connectionString;
    }
}
