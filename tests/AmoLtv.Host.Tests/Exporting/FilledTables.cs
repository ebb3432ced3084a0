using AmoLtv.Host.Scheduling;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Exporting;

/// <summary>A database in which every table that can hold something of an account holds one row of it: made from the catalog alone.</summary>
internal sealed class FilledTables : IAsyncDisposable
{
    /// <summary>Stands in every binary column.</summary>
    public const string Secret = "secret-of-the-account";

    private FilledTables(string connectionString) => Database = NpgsqlDataSource.Create(connectionString);

    public NpgsqlDataSource Database { get; }

    public static async Task<FilledTables> CreateAsync(params long[] accounts)
    {
        var tables = new FilledTables(await DatabaseServer.CreateMigratedDatabaseAsync());
        await SchedulerSchema.ProvisionAsync(tables.Database, CancellationToken.None);
        await using var connection = await tables.Database.OpenConnectionAsync();
        // What the checks allow is not the matter here, nor that a trigger's job is there first.
        await connection.ExecuteAsync(
            """
            do $$
            declare
                rule record;
            begin
                for rule in select conrelid::regclass as of, conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace and coninhcount = 0 loop
                    execute format('alter table %s drop constraint %I', rule.of, rule.conname);
                end loop;
            end $$;
            set session_replication_role = replica;
            """);
        foreach (var table in await ListAsync(connection, "account_id", "job_name", "trigger_name"))
        {
            foreach (var account in accounts)
            {
                await connection.ExecuteAsync(await InsertAsync(connection, table, account));
            }
        }

        await connection.ExecuteAsync("reset session_replication_role");
        return tables;
    }

    /// <summary>Tables with one of the columns, as the information schema lists them; a partition is part of its table.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, params string[] columns) =>
    [
        .. await connection.QueryAsync<string>(
            """
            select t.table_name::text
            from information_schema.tables t
            where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
              and not exists (select from pg_inherits i where i.inhrelid = t.table_name::regclass)
              and (cardinality(@columns) = 0 or exists (
                  select from information_schema.columns c where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = any(@columns)))
            order by 1
            """,
            new { columns }),
    ];

    /// <summary>Rows of an account by table, those without any left out; asked in words of its own, not the program's.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(long account)
    {
        await using var connection = await Database.OpenConnectionAsync();
        var counts = new Dictionary<string, long>();
        foreach (var column in new[] { "account_id", "job_name", "trigger_name" })
        {
            foreach (var table in await ListAsync(connection, column))
            {
                counts[table] = Math.Max(
                    counts.GetValueOrDefault(table),
                    await connection.ExecuteScalarAsync<long>($"select count(*) from {table} where {column}::text = '{account}'"));
            }
        }

        return counts.Where(table => table.Value > 0).ToDictionary();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static async Task<string> InsertAsync(NpgsqlConnection connection, string table, long account)
    {
        var columns = await connection.QueryAsync<(string Name, string Type)>(
            """
            select column_name::text, udt_name::text from information_schema.columns
            where table_schema = 'public' and table_name = @table and is_identity = 'NO'
            """,
            new { table });
        var values = columns.Select(column => (column.Name, Value: ValueOf(column.Type, account))).ToList();
        return $"insert into {table} ({string.Join(", ", values.Select(value => value.Name))}) values ({string.Join(", ", values.Select(value => value.Value))})";
    }

    private static string ValueOf(string type, long account) => type switch
    {
        "int8" => $"{account}",
        "int2" or "int4" or "numeric" or "float8" => "1",
        "text" or "varchar" => $"'{account}'",
        "bool" => "true",
        "timestamptz" or "date" => "'2026-02-28'",
        "jsonb" => """'{"a": "б \"quoted\", and\\n"}'""",
        "json" => """e'{"a":\n 1}'""",
        "bytea" => $"convert_to('{Secret}', 'UTF8')",
        "datemultirange" => "'{[2026-01-01,2026-01-02)}'",
        _ when type[0] == '_' => "'{}'",
        _ => throw new NotSupportedException($"A column of the new type {type} wants a value here."),
    };
}
