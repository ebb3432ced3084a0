using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>
/// Connections for people who wait for a card: a few of their own, so that nights cannot take the last one, and with statements that
/// are planned once a connection, whatever account they are of: each is a lookup by key, and planning it over all partitions takes longer
/// than looking. Nights plan each time: what suits an account of a hundred leads does not suit one of a million.
/// </summary>
public sealed class InteractivePool(NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>How it is measured: without a name, under its connection string.</summary>
    private const string PoolName = "amoltv-cards";

    /// <summary>Connections at most. A card holds one for a few milliseconds.</summary>
    private const int Connections = 10;

    /// <summary>Statements kept planned: those of a card and of who asks for it.</summary>
    private const int PlannedStatements = 40;

    /// <summary>Nobody waits longer for a card, seconds.</summary>
    private const int CommandTimeout = 15;

    /// <summary>Connections that one process holds at most: those of its nights, these, and the one that says that it lives.</summary>
    public static int ConnectionsOfProcess(NpgsqlDataSource nights) => new NpgsqlConnectionStringBuilder(nights.ConnectionString).MaxPoolSize + Connections + 1;

    public static InteractivePool Create(string connectionString, string processName, ILoggerFactory loggers)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = PoolName };
        builder.ConnectionStringBuilder.ApplicationName = processName + "-cards";
        builder.ConnectionStringBuilder.MaxPoolSize = Connections;
        builder.ConnectionStringBuilder.MaxAutoPrepare = PlannedStatements;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        builder.ConnectionStringBuilder.CommandTimeout = CommandTimeout;
        builder.ConnectionStringBuilder.Options = $"{builder.ConnectionStringBuilder.Options} -c plan_cache_mode=force_generic_plan".TrimStart();
        builder.UseLoggerFactory(loggers);
        return new InteractivePool(builder.Build());
    }

    public ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken) => source.OpenConnectionAsync(cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
