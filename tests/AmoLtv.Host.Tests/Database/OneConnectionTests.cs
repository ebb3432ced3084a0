using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Operations;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tasks;
using AmoLtv.Host.Tests.Valuing;
using AmoLtv.Host.WritingBack;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Database;

/// <summary>
/// Nothing that a page asks keeps one connection while it waits for a second: with each of a pool in such a hand, all would wait for one
/// another, and runs that renew their lease with them. Here the pool has one.
/// </summary>
[TestFixture]
public sealed class OneConnectionTests
{
    private static readonly AccountId Account = new(77);

    private NpgsqlDataSource _database = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        var builder = new NpgsqlConnectionStringBuilder(await DatabaseServer.CreateMigratedDatabaseAsync()) { MaxPoolSize = 1, Timeout = 2 };
        _database = NpgsqlDataSource.Create(builder.ConnectionString);
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand, time_zone) values (77, 'https://acme.amocrm.ru', 'amocrm', 'Europe/Moscow');
            insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value values (77, 1, 1, 'manual', '{write-back}', 'finished', now());
            insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status) values (77, 1, 3, 5, 9, null, '1', 'confirmed');
            """);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Questions))]
    public async Task Question_of_a_page_takes_one_connection_at_a_time(Func<NpgsqlDataSource, Task> ask)
    {
        await ask(_database);

        await using var connection = await _database.OpenConnectionAsync();
        Assert.That(await connection.ExecuteScalarAsync<int>("select 1"), Is.EqualTo(1));
    }

    private static IEnumerable<TestCaseData> Questions()
    {
        var time = new FixedTime("2026-11-21T12:00:00Z");
        var none = CancellationToken.None;
        yield return Case("settings", database => new SettingsReader(database, Store(database), new UnreadValueStore(database), new CurrencyStore(database)).ReadAsync(Account, none));
        yield return Case("catalog", database => new CatalogStore(database).ReadAsync(Account, none));
        yield return Case("a followed change", database => new FollowedChange(database, new FreshnessStore(Store(database), new UnreadValueStore(database), time))
            .MakeAsync(Account, _ => Task.FromResult(true), none));
        yield return Case("a traced change", database => new TrailedChange(database, new TrailStore(database, time)).MakeAsync(
            new Caller(Account, new UserId(5), Role.Admin, new Uri("https://acme.amocrm.ru"), CallerProof.PageToken, new CrmVouching("", true, time.Now)),
            TrailStore.Tasks,
            _ => true,
            async connection => (await new TaskSettingsStore(database).GetAsync(connection, Account, none)).Settings,
            (connection, before) => new TaskSettingsStore(database).SaveAsync(connection, Account, before with { DailyCap = 3 }, none),
            none));
        yield return Case("write-back", database => new WriteBackReader(database).ReadAsync(Account, none));
        yield return Case("queue", database => new QueueReader(database, new RunReader(database, time), new RunRequestStore(database, time), time).ReadAsync(Account, none));
        yield return Case("undo", database => new UndoReader(database, new AccountZone(database)).SummaryAsync(Account, 1, none));
        yield return Case("undo, field by field", database => new UndoReader(database, new AccountZone(database)).ListAsync(Account, 1, null, 5, none));

        SettingsStore Store(NpgsqlDataSource database) => new(database, time);

        static TestCaseData Case(string name, Func<NpgsqlDataSource, Task> ask) => new TestCaseData(ask).SetArgDisplayNames(name);
    }
}
