using System.Diagnostics;
using Npgsql;

namespace AmoLtv.Testing;

/// <summary>A private PostgreSQL cluster in a temporary folder, stopped and removed with the last test.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    // Fixtures that run side by side each keep the pools of several services. Nothing here has to outlive a power cut.
    private const string Settings =
        """
        max_connections = 500
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        """;

    private readonly string _folder;
    private readonly string _connectionString;
    private int _databases;

    private PostgresCluster(string folder, string connectionString)
    {
        _folder = folder;
        _connectionString = connectionString;
    }

    /// <summary>Where it keeps everything.</summary>
    public string Folder => _folder;

    public static async Task<PostgresCluster> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("amoltv-test-").FullName;
        var connectionString = await ScriptAsync("start", folder);
        return new PostgresCluster(folder, connectionString);
    }

    /// <summary>A new database of the cluster: each fixture has its own.</summary>
    /// <param name="template">Connection string of the database it is a copy of, which nobody may be connected to; null: it is empty.</param>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var source = template is null ? "template1" : new NpgsqlConnectionStringBuilder(template).Database;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var database = NpgsqlDataSource.Create(_connectionString);
        await using var command = database.CreateCommand($"create database {name} template {source}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Stops the server; its files stay.</summary>
    public Task StopServerAsync() => ScriptAsync("stop", _folder);

    /// <summary>Starts a stopped server again, at the same address.</summary>
    public Task StartServerAsync() => ScriptAsync("start", _folder);

    public async ValueTask DisposeAsync()
    {
        await ScriptAsync("stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> ScriptAsync(string verb, string folder)
    {
        // The started server inherits standard output and would keep a pipe open: the script's answer goes through a file.
        var answer = Path.Combine(folder, verb + ".out");
        var start = new ProcessStartInfo("bash") { ArgumentList = { "-c", "exec \"$0\" \"$1\" \"$2\" >\"$3\" 2>&1", Path.Combine(Repository.Root, "deploy", "postgres.sh"), verb, folder, answer } };
        start.Environment["AMOLTV_POSTGRES_SETTINGS"] = Settings;
        using var script = Process.Start(start)!;
        await script.WaitForExitAsync();
        var output = (await File.ReadAllTextAsync(answer)).Trim();
        return script.ExitCode == 0
            ? output.Split('\n')[^1]
            : throw new InvalidOperationException($"deploy/postgres.sh {verb} failed: {output}");
    }
}
