using AmoLtv.Host.CommandLine;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>Brings the schema up to date: numbered files in order, one transaction each, under an advisory lock.</summary>
public sealed partial class Migrator(NpgsqlDataSource database, ILogger<Migrator> logger)
{
    private const long LockKey = 0x416D6F4C7476; // "AmoLtv"

    /// <summary>How often a migration asks for tables that others use, in about ten minutes.</summary>
    private const int Attempts = 120;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>Applies what is missing; safe to call from several processes at once.</summary>
    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="CommandFailedException">
    /// An applied file was changed, a newer program took something away that this one needs, or a table was in use for too long.
    /// </exception>
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

    /// <summary>Migrations of this program that the database lacks; one that a newer program applied is no lack.</summary>
    public async Task<int> CountMissingAsync(CancellationToken cancellationToken)
    {
        var known = Migration.ReadEmbedded().Select(migration => migration.Number).ToArray();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var isThere = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass('schema_migrations') is not null", cancellationToken: cancellationToken));
        return !isThere ? known.Length : known.Length - await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::int from schema_migrations where number = any(@known)", new { known }, cancellationToken: cancellationToken));
    }

    /// <exception cref="CommandFailedException">Something is missing, or a newer program took something away that this one needs.</exception>
    public async Task RequireCurrentAsync(CancellationToken cancellationToken)
    {
        if (await CountMissingAsync(cancellationToken) is > 0 and var missing)
        {
            throw new CommandFailedException(
                $"The database lacks {missing} migrations, and Database:ProvisionSchema is false. As the owner of its tables run: amoltv migrate");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        Verify(Migration.ReadEmbedded(), await ReadAppliedAsync(connection));
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
            );
            -- The latest migration that a program must know to work with what this one left. Asked for first: a backup that reads the
            -- table would keep the lock that even an unneeded change takes waiting, and everybody behind it.
            do $$ begin
                if not exists (select from pg_attribute where attrelid = 'schema_migrations'::regclass and attname = 'oldest_program') then
                    alter table schema_migrations add column oldest_program int not null default 0;
                end if;
            end $$;
            """);
        var applied = await ReadAppliedAsync(connection);
        var migrations = Migration.ReadEmbedded();
        Verify(migrations, applied);

        var missing = migrations.Where(migration => !applied.ContainsKey(migration.Number)).ToList();
        foreach (var migration in missing)
        {
            await ApplyWhenFreeAsync(connection, migration, cancellationToken);
            Log.Applied(logger, migration.Number, migration.Name);
        }

        return missing.Count;
    }

    /// <summary>
    /// A change of a table waits for everybody who uses it, and whoever comes later waits behind the change: processes that serve
    /// meanwhile would stand still as long as a backup reads. So it waits shortly, and comes back.
    /// </summary>
    private async Task ApplyWhenFreeAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ApplyAsync(connection, migration, cancellationToken);
                return;
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                if (attempt == Attempts)
                {
                    throw new CommandFailedException(
                        $"Migration {migration.Number:0000}_{migration.Name} was not applied: others used a table it changes whenever it asked, for ten minutes. " +
                        "Mostly that is a backup or a long query (pg_stat_activity, the oldest xact_start): wait for its end, then repeat.");
                }

                Log.InUse(logger, migration.Number, migration.Name);
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Once it has its tables, as long as it takes: a large account's rows may be counted anew.
        await connection.ExecuteAsync("set local lock_timeout = '2s';\n" + migration.Sql, transaction: transaction, commandTimeout: 0);
        await connection.ExecuteAsync(
            "insert into schema_migrations (number, name, checksum, oldest_program) values (@Number, @Name, @Checksum, @OldestProgram)",
            new { migration.Number, migration.Name, migration.Checksum, migration.OldestProgram },
            transaction);
        await transaction.CommitAsync(cancellationToken);
    }

    // Read as JSON, since a program that may not change the schema also meets databases from before the column.
    private static async Task<Dictionary<int, (string Checksum, int OldestProgram)>> ReadAppliedAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<(int Number, string Checksum, int OldestProgram)>(
            "select number, checksum, coalesce((to_jsonb(m) ->> 'oldest_program')::int, 0) from schema_migrations m"))
            .ToDictionary(row => row.Number, row => (row.Checksum, row.OldestProgram));

    private static void Verify(IReadOnlyList<Migration> migrations, Dictionary<int, (string Checksum, int OldestProgram)> applied)
    {
        var oldest = applied.Values.Select(row => row.OldestProgram).DefaultIfEmpty().Max();
        if (oldest > migrations[^1].Number)
        {
            throw new CommandFailedException(
                $"The database is at migration {applied.Keys.Max()} and wants programs that know {oldest}, this one knows {migrations[^1].Number}: start a newer version.");
        }

        var changed = migrations.FirstOrDefault(migration =>
            applied.TryGetValue(migration.Number, out var row) && row.Checksum != migration.Checksum);
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

        [LoggerMessage(2, LogLevel.Information, "Migration {Number} {Name} waits for a table that others use.")]
        public static partial void InUse(ILogger logger, int number, string name);
    }
}
