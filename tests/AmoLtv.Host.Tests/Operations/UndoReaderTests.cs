using AmoLtv.Core.Identity;
using AmoLtv.Host.Operations;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Operations;

/// <summary>What taking back a run would restore is summed up once, until something was read of the CRM or a run has begun.</summary>
[TestFixture]
public sealed class UndoReaderTests
{
    private const long Account = 77;

    private NpgsqlDataSource _database = null!;
    private UndoReader _undo = null!;

    [SetUp]
    public async Task WriteAsync()
    {
        _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        _undo = new UndoReader(_database, new AccountZone(_database));
        await ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand, synced_at) values (77, 'https://seven.amocrm.ru', 'amocrm', '2026-11-20'), (78, 'https://eight.amocrm.ru', 'amocrm', '2026-11-20');
            insert into custom_fields (account_id, entity_type, field_id, name, type) select account_id, 3, 7, 'LTV', 'numeric' from accounts;
            insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value values (77, 1, 0, 'night', '{write-back}', 'finished', now()), (78, 1, 0, 'night', '{write-back}', 'finished', now());
            insert into companies (account_id, company_id, created_at, updated_at, fields)
            select account_id, company, '2020-01-01', '2020-01-01', '{"7": "2"}' from accounts, generate_series(1, 3) company;
            insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status)
            select account_id, 1, 3, company, 7, '1', '2', 'confirmed' from accounts, generate_series(1, 3) company;
            """);
    }

    [TearDown]
    public async Task DisposeAsync()
    {
        _undo.Dispose();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Summary_is_kept_while_nothing_was_read_and_no_run_began()
    {
        var first = await SummaryAsync();
        await ExecuteAsync("update companies set fields = '{\"7\": \"5\"}' where account_id = 77 and company_id = 1");

        Assert.That(first.Verdicts["restore"], Is.EqualTo(3));
        Assert.That(await SummaryAsync(), Is.SameAs(first));
    }

    [TestCase("update accounts set synced_at = '2026-11-21' where account_id = 77", TestName = "Summary_is_made_anew_after_a_reading")]
    [TestCase("insert into change_follows (account_id, followed_at) values (77, '2026-11-21')", TestName = "Summary_is_made_anew_after_changes_were_followed")]
    [TestCase("insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value values (77, 2, 0, 'night', '{sync}', 'running', now())", TestName = "Summary_is_made_anew_after_a_run_began")]
    public async Task Summary_is_made_anew_after(string change)
    {
        await SummaryAsync();
        await ExecuteAsync("update companies set fields = '{\"7\": \"5\"}' where account_id = 77 and company_id = 1; " + change);

        var anew = await SummaryAsync();

        Assert.That(anew.Verdicts["restore"], Is.EqualTo(2));
        Assert.That(anew.Verdicts.Values.Sum(), Is.EqualTo(3));
    }

    [Test]
    public async Task Summary_of_another_account_or_run_is_another()
    {
        var mine = await SummaryAsync();

        Assert.That(await _undo.SummaryAsync(new AccountId(78), 1, CancellationToken.None), Is.Not.SameAs(mine));
        Assert.That((await _undo.SummaryAsync(new AccountId(Account), 2, CancellationToken.None)).Verdicts, Is.Empty);
    }

    private Task<UndoPreview> SummaryAsync() => _undo.SummaryAsync(new AccountId(Account), 1, CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
