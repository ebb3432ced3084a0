using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>
/// Rows of accounts as they were at some moment, kept beside the tables and put back as often as wanted, under the same account or another.
/// The tables are those that the catalog names, so that a new one is kept too. Whose rows of which table were written since is known.
/// </summary>
internal sealed class HeldRows : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly Dictionary<string, AccountTable> _tables;
    private readonly Dictionary<AccountId, string> _standing = [];

    private HeldRows(NpgsqlDataSource database, IEnumerable<AccountTable> tables) =>
        (_database, _tables) = (database, tables.ToDictionary(table => table.Name, StringComparer.Ordinal));

    public static async Task<HeldRows> CreateAsync(string connectionString)
    {
        var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        // Of a table whose key does not begin with the account two accounts cannot hold the same row.
        var tables = (await ErasureStore.ListTablesAsync(connection, CancellationToken.None))
            .Where(table => table.IsKeyedByAccount && (table.Key.Count == 0 || table.Key[0] == "account_id"));
        var rows = new HeldRows(database, tables);
        await connection.ExecuteAsync(SchemaSql);
        await connection.ExecuteAsync(string.Concat(rows._tables.Values.Select(table =>
            $"create trigger touched after insert or update or delete on {table.Quoted} for each row execute function held.touch('{table.Name}');\n")));
        return rows;
    }

    /// <summary>Keeps an account's rows as they are, under a name.</summary>
    public Task KeepAsync(string name, AccountId account) => ExecuteAsync(string.Concat(_tables.Values.Select(table =>
        $"create table {Held(name, table)} as select * from {table.Quoted} where {table.Of(account)};\n")));

    /// <summary>Keeps where the numbers of new rows stand.</summary>
    public Task KeepNumbersAsync() => ExecuteAsync(
        "create table held.numbers as select sequencename, last_value from pg_sequences where schemaname = 'public'");

    /// <summary>Gives an account the rows that were kept under a name, whoever's they were; null: it has none.</summary>
    public Task PutAsync(AccountId account, string? name)
    {
        _standing.Remove(account);
        if (name is not null)
        {
            _standing[account] = name;
        }

        return ExecuteAsync("set local session_replication_role = replica;\n" + string.Concat(_tables.Values.Select(table => PutSql(account, table))));
    }

    /// <summary>Whose rows of which table were written since the rows were put there.</summary>
    public async Task<IReadOnlyList<(AccountId Account, string Table)>> TouchedAsync()
    {
        await using var connection = await _database.OpenConnectionAsync();
        var rows = await connection.QueryAsync<(long Account, string Table)>("select distinct account_id, table_name from held.touched order by 1, 2");
        return [.. rows.Select(row => (new AccountId(row.Account), row.Table))];
    }

    /// <summary>Puts back what was touched, and the numbers of new rows: the next request finds what this one found.</summary>
    public Task RestoreAsync(IEnumerable<(AccountId Account, string Table)> touched) => ExecuteAsync(
        $"""
        set local session_replication_role = replica;
        {string.Concat(touched.Select(one => PutSql(one.Account, _tables[one.Table])))}
        select setval(format('public.%I', sequencename)::regclass, coalesce(last_value, 1), last_value is not null) from held.numbers;
        delete from held.touched;
        """);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private string PutSql(AccountId account, AccountTable table)
    {
        var columns = table.Columns.Where(column => column != "account_id").Select(AccountTable.Quote).ToList();
        var number = account.Value.ToString(CultureInfo.InvariantCulture);
        var put = _standing.TryGetValue(account, out var name)
            ? $"""
              insert into {table.Quoted} ({string.Join(", ", columns.Prepend("account_id"))}) overriding system value
              select {string.Join(", ", columns.Prepend(number))} from {Held(name, table)};
              """
            : "";
        return $"delete from {table.Quoted} where {table.Of(account)};\n{put}\n";
    }

    private static string Held(string name, AccountTable table) => "held." + AccountTable.Quote($"{name}_{table.Name}");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(sql, transaction: transaction);
        await transaction.CommitAsync();
    }

    private const string SchemaSql =
        """
        create schema held;
        create table held.touched (account_id bigint not null, table_name text not null);
        create function held.touch() returns trigger language plpgsql as $$
        begin
            if tg_op <> 'INSERT' then
                insert into held.touched values (old.account_id, tg_argv[0]);
            end if;
            if tg_op <> 'DELETE' then
                insert into held.touched values (new.account_id, tg_argv[0]);
            end if;
            return null;
        end $$;
        """;
}
