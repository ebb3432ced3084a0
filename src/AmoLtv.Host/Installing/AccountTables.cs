using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>SQL of where accounts have rows: asked of the database's own catalog, so that a new table cannot be forgotten.</summary>
public static class AccountTables
{
    /// <summary>What stays of an erased account.</summary>
    public const string Receipts = "erasure_receipts";

    /// <summary>Every table that holds rows of accounts, by name; partitions go with their table.</summary>
    public static async Task<IReadOnlyList<AccountTable>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(string Name, string[] Columns, string[] BinaryColumns, string[] Key)>(new CommandDefinition(
            """
            select c.relname::text,
                   array_agg(a.attname::text order by a.attnum),
                   coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.atttypid = 'bytea'::regtype), '{}'),
                   coalesce((
                       select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
                       from pg_index i
                       join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any(i.indkey)
                       where i.indrelid = c.oid and i.indisprimary), '{}')
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            group by c.oid, c.relname
            order by c.relname
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountTable(row.Name, row.Columns, row.BinaryColumns, row.Key)).Where(table => table.IsOfAccounts)];
    }

    /// <summary>Rows of an account, by table; tables without any are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(
        NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await ListAsync(connection, cancellationToken))
        {
            var count = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select count(*) from {table.Quoted} where {table.Of(account)}", cancellationToken: cancellationToken));
            if (count > 0)
            {
                counts[table.Name] = count;
            }
        }

        return counts;
    }
}
