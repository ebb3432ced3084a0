using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Running;

/// <summary>An account in a database of its own for each test, for processes (<see cref="RunningProcess"/>) to run.</summary>
public abstract class AccountFixture
{
    private NpgsqlDataSource _database = null!;

    protected static AccountId Account { get; } = new(77);

    protected string ConnectionString { get; private set; } = "";

    [SetUp]
    public async Task CreateAccountAsync()
    {
        ConnectionString = await DatabaseServer.CreateMigratedDatabaseAsync();
        _database = NpgsqlDataSource.Create(ConnectionString);
        await ExecuteAsync("insert into accounts (account_id, base_uri, brand) values (77, 'https://acme.amocrm.ru', 'amocrm')");
    }

    [TearDown]
    public async Task DisposeAsync() => await _database.DisposeAsync();

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <returns>The only value of the only row.</returns>
    protected async Task<string?> TextAsync(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<string?>(sql);
    }
}
