using AmoLtv.Host.Database;
using AmoLtv.Host.Installing;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether PostgreSQL serves as many connections as all processes may hold at once: the one too many waits for nobody, it is refused.</summary>
internal sealed class ConnectionsCheck(NpgsqlDataSource database, IOptions<CrmOptions> crm) : ICheck
{
    public const string Name = "connections";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var served = await connection.QuerySingleAsync<int>(new CommandDefinition(
            "select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int", cancellationToken: cancellationToken));
        return [Judge(served, crm.Value.Processes, InteractivePool.ConnectionsOfProcess(database))];
    }

    /// <param name="served">By PostgreSQL, without those kept for superusers.</param>
    /// <param name="processes">Those behind this machine's address; others may ask the same database.</param>
    /// <param name="each">Connections that one of them may hold.</param>
    internal static Finding Judge(int served, int processes, int each) => processes * each > served
        ? Finding.Warning(
            Name, $"PostgreSQL serves {served} connections, and {processes} processes may hold {processes * each}.",
            "Raise max_connections and restart PostgreSQL, or run fewer processes, or lower Maximum Pool Size in Database:ConnectionString.")
        : Finding.Ok(Name, $"PostgreSQL serves {served}, of which {processes} processes may hold {processes * each}.");
}
