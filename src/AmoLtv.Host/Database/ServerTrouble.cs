using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>What a failure says of the database server, as against the statement that met it (PostgreSQL, appendix A: error codes).</summary>
public static class ServerTrouble
{
    private const string DiskFull = "53100";
    private const string OutOfMemory = "53200";
    private const string TooManyConnections = "53300";

    /// <summary>What a standby says to a write, until it has taken over.</summary>
    private const string ReadOnly = "25006";

    /// <summary>Connections (08), room (53), a stop or a start (57P), files (58).</summary>
    private static readonly string[] Classes = ["08", "53", "57P", "58"];

    /// <summary>Whether the server is away, in need or did not answer in time: the same statement may succeed when that is over.</summary>
    public static bool IsCauseOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException found)
            {
                return found is not PostgresException refused || IsOfServer(refused);
            }
        }

        return false;
    }

    /// <summary>Whether the server ended the connection because it is being stopped or started.</summary>
    public static bool IsRestart(PostgresException failure) => failure.SqlState.StartsWith("57P", StringComparison.Ordinal);

    /// <summary>What is wrong with the server, for whoever looks after it; null where the statement was.</summary>
    public static string? Words(PostgresException failure) => failure.SqlState switch
    {
        DiskFull => "the disk of the database is full",
        OutOfMemory => "the database has no memory left",
        TooManyConnections => "all connections of the database are in use",
        _ when IsRestart(failure) => "the database was stopped or started meanwhile",
        _ => null,
    };

    /// <summary>A server that cannot even begin a session, on a full disk for example, says so in other codes too.</summary>
    private static bool IsOfServer(PostgresException failure) =>
        failure.InvariantSeverity is "FATAL" or "PANIC" || failure.SqlState == ReadOnly || Array.Exists(Classes, word => failure.SqlState.StartsWith(word, StringComparison.Ordinal));
}
