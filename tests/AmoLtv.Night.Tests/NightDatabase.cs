using AmoLtv.Host.Database;
using AmoLtv.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AmoLtv.Night;

/// <summary>The database that the processes of a night share, and what is read from it about the night.</summary>
internal sealed class NightDatabase : IAsyncDisposable
{
    private const double Mib = 1 << 20;

    private readonly NpgsqlDataSource _source;
    private long _emptyBytes;

    private NightDatabase(NpgsqlDataSource source, string connectionString) => (_source, ConnectionString) = (source, connectionString);

    public string ConnectionString { get; }

    /// <param name="cluster">The database server.</param>
    /// <param name="isEmpty">Leaves the schema to the processes.</param>
    public static async Task<NightDatabase> CreateAsync(PostgresCluster cluster, bool isEmpty)
    {
        var connectionString = await cluster.CreateDatabaseAsync();
        var source = NpgsqlDataSource.Create(connectionString);
        if (!isEmpty)
        {
            await new Migrator(source, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        }

        var database = new NightDatabase(source, connectionString);
        database._emptyBytes = await database.ReadBytesAsync();
        return database;
    }

    public Task<int> CountConnectedAsync() => CountAsync("select count(distinct account_id) from grants where status = 'connected'");

    /// <summary>Accounts whose night was finished.</summary>
    public Task<int> CountFinishedAsync() => CountAsync("select count(distinct account_id) from runs where cause = 'night' and status = 'finished' and error is null");

    public Task<int> CountRunningAsync() => CountAsync("select count(*) from runs where status = 'running'");

    /// <summary>Accounts for which one night was finished more than once, or more than one night.</summary>
    public Task<int> CountTwiceAsync() => CountAsync(
        "select count(*) from (select from runs where cause = 'night' and status = 'finished' group by account_id having count(*) > 1) twice");

    /// <summary>Runs that ended otherwise than well, by how: killed ones, and others that ought not to be.</summary>
    public async Task<IReadOnlyList<string>> ListTroublesAsync()
    {
        await using var connection = await _source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(
            """
            select format('%s runs %s: %s', count(*), status, coalesce(left(error, 300), 'no reason given'))
            from runs where status <> 'finished' or error is not null
            group by status, left(error, 300) order by count(*) desc limit 20
            """)];
    }

    /// <summary>How long runs took: half of them at most, nearly all at most, the longest; seconds of the sandbox.</summary>
    public async Task<(double Median, double P95, double Longest)> ReadDurationsAsync()
    {
        await using var connection = await _source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(double, double, double)>(
            """
            select coalesce(percentile_cont(0.5) within group (order by seconds), 0), coalesce(percentile_cont(0.95) within group (order by seconds), 0), coalesce(max(seconds), 0)
            from (select extract(epoch from finished_at - started_at)::double precision as seconds from runs where status = 'finished') runs
            """);
    }

    /// <summary>What the database takes on disk, MiB: what an empty one takes, and how much more this one has become.</summary>
    public async Task<(double Empty, double More)> ReadSizeMbAsync()
    {
        var now = await ReadBytesAsync();
        return (_emptyBytes / Mib, (now - _emptyBytes) / Mib);
    }

    /// <summary>The server was started anew: what was open to it is not.</summary>
    public void ForgetConnections() => _source.Clear();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<long> ReadBytesAsync()
    {
        await using var connection = await _source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("select pg_database_size(current_database())");
    }

    private async Task<int> CountAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        return (int)await connection.ExecuteScalarAsync<long>(sql);
    }
}
