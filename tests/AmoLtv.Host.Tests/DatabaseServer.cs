using AmoLtv.Host.Database;
using AmoLtv.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AmoLtv.Host.Tests;

/// <summary>One private PostgreSQL for every test of this assembly; each fixture takes its own database of it.</summary>
[SetUpFixture]
public sealed class DatabaseServer
{
    private static readonly SemaphoreSlim Starting = new(1, 1);
    private static PostgresCluster? _cluster;

    /// <summary>A new database with the current schema and no rows.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateMigratedDatabaseAsync()
    {
        var connectionString = await CreateEmptyDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        return connectionString;
    }

    /// <summary>A new database without any table.</summary>
    public static async Task<string> CreateEmptyDatabaseAsync()
    {
        await Starting.WaitAsync();
        try
        {
            // Started by the first fixture that asks: a filtered run of tests without SQL needs no server.
            _cluster ??= await PostgresCluster.StartAsync();
            return await _cluster.CreateDatabaseAsync();
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
}
