using AmoLtv.Host.CommandLine;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>Brings the schema up to date: numbered files in order, one transaction each, under an advisory lock.</summary>
public sealed partial class Migrator(NpgsqlDataSource database, ILogger<Migrator> logger)
{
    private const long LockKey = 0x416D6F4C7476; // "AmoLtv"

    /// <summary>Applies what is missing; safe to call from several processes at once.</summary>
    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="CommandFailedException">An applied file was changed, or the database is newer than this program.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync("select pg_advisory_lock(@LockKey)", new { LockKey });
        try
        {
            return await ApplyMissingAsync(connection, cancellationToken);
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    private async Task<int> ApplyMissingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            """
            create table if not exists schema_migrations (
                number      int primary key,
                name        text not null,
                checksum    text not null,
                applied_at  timestamptz not null default now()
            )
            """);
        var applied = (await connection.QueryAsync<(int Number, string Checksum)>("select number, checksum from schema_migrations"))
            .ToDictionary(row => row.Number, row => row.Checksum);
        var migrations = Migration.ReadEmbedded();
        Verify(migrations, applied);

        var missing = migrations.Where(migration => !applied.ContainsKey(migration.Number)).ToList();
        foreach (var migration in missing)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(migration.Sql, transaction: transaction);
            await connection.ExecuteAsync(
                "insert into schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)",
                new { migration.Number, migration.Name, migration.Checksum },
                transaction);
            await transaction.CommitAsync(cancellationToken);
            Log.Applied(logger, migration.Number, migration.Name);
        }

        return missing.Count;
    }

    private static void Verify(IReadOnlyList<Migration> migrations, Dictionary<int, string> applied)
    {
        if (applied.Count > 0 && applied.Keys.Max() > migrations[^1].Number)
        {
            throw new CommandFailedException(
                $"The database is at migration {applied.Keys.Max()}, this program knows {migrations[^1].Number}: start a newer version.");
        }

        var changed = migrations.FirstOrDefault(migration =>
            applied.TryGetValue(migration.Number, out var checksum) && checksum != migration.Checksum);
        if (changed is not null)
        {
            throw new CommandFailedException(
                $"Migration {changed.Number:0000}_{changed.Name} was changed after it had been applied: restore the file and add a new one.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Applied migration {Number} {Name}.")]
        public static partial void Applied(ILogger logger, int number, string name);
    }
}
