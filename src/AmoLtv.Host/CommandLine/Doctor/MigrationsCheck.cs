using AmoLtv.Host.Database;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the schema is this program's.</summary>
internal sealed class MigrationsCheck(NpgsqlDataSource database, IOptions<DatabaseOptions> options) : ICheck
{
    public const string Name = "migrations";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (hasSchema, hasScheduler) = await connection.QuerySingleAsync<(bool HasSchema, bool HasScheduler)>(new CommandDefinition(
            "select to_regclass('schema_migrations') is not null, to_regclass('qrtz_triggers') is not null", cancellationToken: cancellationToken));
        var applied = hasSchema
            ? (await connection.QueryAsync<(int Number, string Checksum, int OldestProgram)>(new CommandDefinition(
                // The column came after the table, and is made by the next migration.
                "select number, checksum, coalesce((to_jsonb(m) ->> 'oldest_program')::int, 0) from schema_migrations m", cancellationToken: cancellationToken))).ToList()
            : [];
        var known = Migration.ReadEmbedded().ToDictionary(migration => migration.Number, migration => migration.Checksum);
        return
        [
            Judge(
                known, applied.ToDictionary(row => row.Number, row => row.Checksum), applied.Select(row => row.OldestProgram).DefaultIfEmpty().Max(),
                hasScheduler, options.Value.ProvisionSchema),
        ];
    }

    /// <param name="known">Checksums of this program's migrations, by number.</param>
    /// <param name="applied">Of those the database has.</param>
    /// <param name="oldest">The latest migration that the database wants a program to know.</param>
    /// <param name="hasScheduler">Whether the scheduler's tables are there.</param>
    /// <param name="isProvisioned">Whether the service migrates when it starts.</param>
    internal static Finding Judge(
        IReadOnlyDictionary<int, string> known, IReadOnlyDictionary<int, string> applied, int oldest, bool hasScheduler, bool isProvisioned)
    {
        if (oldest > known.Keys.Max())
        {
            return Finding.Failed(Name, $"The database wants programs that know migration {oldest}, this one knows {known.Keys.Max()}.", "Start the newer version of the program.");
        }

        if (applied.Where(row => known.TryGetValue(row.Key, out var checksum) && checksum != row.Value).Select(row => row.Key).Order().ToList() is { Count: > 0 } changed)
        {
            return Finding.Failed(Name, $"Migration {changed[0]} in the database is not the one this program has.", "Install the program from its archive again.");
        }

        var missing = known.Keys.Except(applied.Keys).Count();
        return (missing, hasScheduler, isProvisioned) switch
        {
            (0, true, _) when applied.Keys.Max() is var newest && newest > known.Keys.Max() => Finding.Warning(
                Name, $"A newer program has brought the schema to {newest}; this one knows {known.Keys.Max()} and still works with it.", "Start the newer version of the program."),
            (0, true, _) => Finding.Ok(Name, $"All {known.Count} are applied."),
            (_, _, true) => Finding.Warning(Name, $"{Missing(missing)}; the service makes up for it when it starts.", "Start the service, or run: amoltv migrate"),
            _ => Finding.Failed(Name, $"{Missing(missing)}, and Database:ProvisionSchema is false.", "As the owner of the tables run amoltv migrate, or run deploy/install.sh again."),
        };
    }

    private static string Missing(int migrations) => migrations == 0 ? "The scheduler's tables are missing" : $"{migrations} migrations are not applied";
}
