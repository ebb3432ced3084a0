using AmoLtv.Host.Database;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether PostgreSQL answers, is new enough, and keeps texts in UTF-8.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database, IOptions<DatabaseOptions> options) : ICheck
{
    public const string Name = "database";

    /// <summary>As <c>server_version_num</c> counts.</summary>
    private const int Oldest = 150_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var parts = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString);
        var address = $"{parts.Host}:{parts.Port}, database {parts.Database}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using var connection = await database.OpenConnectionAsync(limit.Token);
            var (number, version, role, encoding) = await connection.QuerySingleAsync<(int Number, string Version, string Role, string Encoding)>(new CommandDefinition(
                "select current_setting('server_version_num')::int, current_setting('server_version'), current_user::text, current_setting('server_encoding')",
                cancellationToken: limit.Token));
            return [Judge(address, number, version, role, encoding)];
        }
        catch (PostgresException refused)
        {
            return [Finding.Failed(Name, $"PostgreSQL at {address} refused the connection: {refused.MessageText}.", Mend(refused.SqlState))];
        }
        catch (Exception silent) when (silent is NpgsqlException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [Finding.Failed(Name, $"PostgreSQL does not answer at {address}.", "Start PostgreSQL, and compare Host and Port of Database:ConnectionString with where it listens.")];
        }
    }

    internal static Finding Judge(string address, int number, string version, string role, string encoding) => (number, encoding) switch
    {
        ( < Oldest, _) => Finding.Failed(Name, $"PostgreSQL {version} at {address} is too old.", "Upgrade it to PostgreSQL 15 or newer."),
        (_, not "UTF8") => Finding.Failed(
            Name, $"The encoding at {address} is {encoding} and has to be UTF8.", "Take a dump, make a database with createdb -E UTF8 -T template0, and restore the dump into it."),
        _ => Finding.Ok(Name, $"PostgreSQL {version} at {address}, as role {role}."),
    };

    private static string Mend(string state) => state switch
    {
        PostgresErrorCodes.InvalidCatalogName => "Create the database, or correct its name in Database:ConnectionString.",
        _ when state.StartsWith("28", StringComparison.Ordinal) => "Correct user and password in Database:ConnectionString, or let pg_hba.conf admit the user.",
        _ => "See PostgreSQL's log.",
    };
}
