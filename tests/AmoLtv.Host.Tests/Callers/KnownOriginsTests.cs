using AmoLtv.Host.Callers;
using AmoLtv.Host.Database;
using AmoLtv.Host.Tests.Valuing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Callers;

[TestFixture]
public sealed class KnownOriginsTests
{
    [Test]
    public async Task Origins_are_read_once_in_ten_seconds_however_many_are_asked_for()
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        var time = new FixedTime("2026-11-21T12:00:00Z");
        using var origins = new KnownOrigins(new InteractivePool(database), time);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => origins.ContainsAsync($"https://evil{number}.example", CancellationToken.None)));
        var first = origins.Readings;
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into accounts (account_id, base_uri, brand) values (77, 'https://acme.amocrm.ru', 'amocrm')");
        var early = await origins.ContainsAsync("https://acme.amocrm.ru", CancellationToken.None);
        time.Now += TimeSpan.FromSeconds(10);
        var late = await origins.ContainsAsync("https://acme.amocrm.ru", CancellationToken.None);
        time.Now += TimeSpan.FromSeconds(59);
        await connection.ExecuteAsync("delete from accounts");
        var kept = await origins.ContainsAsync("https://acme.amocrm.ru", CancellationToken.None);
        time.Now += TimeSpan.FromSeconds(1);
        var gone = await origins.ContainsAsync("https://acme.amocrm.ru", CancellationToken.None);

        Assert.That((first, early, late, kept, gone), Is.EqualTo((1, false, true, true, false)));
        Assert.That(origins.Readings, Is.EqualTo(3));
    }
}
