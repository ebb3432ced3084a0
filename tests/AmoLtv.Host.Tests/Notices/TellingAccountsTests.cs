using AmoLtv.Core.Identity;
using AmoLtv.Host.Notices;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Notices;

/// <summary>Of thousands of accounts those that may have something to tell: none of them may be missed, and few others named.</summary>
[TestFixture, Category("Slow")]
public sealed class TellingAccountsTests
{
    private NpgsqlDataSource _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());

    [TearDown]
    public async Task DisposeAsync() => await _database.DisposeAsync();

    [TestCase("select 1", false)]
    [TestCase("update grants set status = 'lost'", true)]
    [TestCase("update grants set hindrance = 'blocked'", true)]
    [TestCase("update runs set started_at = now() - interval '29 hours'", true)]
    [TestCase("insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at) values (77, 2, 'night', array['sync', 'recalculate'], 'failed', now(), now())", true)]
    [TestCase("insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at) values (77, 2, 'change', array['sync-changes'], 'failed', now(), now())", false)]
    [TestCase("insert into output_fields (account_id, entity_type, output, code, field_id, is_ours, is_on, off_reason) values (77, 3, 'ltv', 'LTV', 1, true, false, 'deleted')", true)]
    [TestCase("insert into incidents (account_id, kind, opened_at, detail) values (77, 'nightFailed', now(), '')", true)]
    [TestCase("insert into incidents (account_id, kind, opened_at, detail, closed_at) values (77, 'connectionLost', now() - interval '8 days', '', now() - interval '6 days')", true)]
    [TestCase("insert into incidents (account_id, kind, opened_at, detail, closed_at) values (77, 'connectionLost', now() - interval '9 days', '', now() - interval '8 days')", false)]
    [TestCase("insert into field_conflicts (account_id, entity_type, entity_id, field_id, seen, seen_at, stopped_at) values (77, 3, 1, 1, 3, now(), now())", true)]
    [TestCase("insert into notices (account_id, kind, opened_at, channel, number, marker, status, not_before) values (77, 'nightFailed', now(), 'email', 1, 'M', 'waiting', now())", true)]
    [TestCase("insert into notices (account_id, kind, opened_at, channel, number, marker, status, not_before) values (77, 'nightFailed', now(), 'email', 1, 'M', 'sent', now())", false)]
    [TestCase("insert into incidents (account_id, kind, opened_at, detail) values (77, 'nightFailed', now(), ''); delete from accounts", false)]
    public async Task Account_is_looked_at_only_where_something_may_be_told(string state, bool isLookedAt)
    {
        await ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand) values (77, 'https://acme.amocrm.ru', 'amocrm');
            insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin, status)
            values (77, 'someone', '', now(), 5, true, 'connected');
            insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at)
            values (77, 1, 'night', array['sync', 'recalculate', 'write-back'], 'finished', now() - interval '27 hours', now());
            """);
        await ExecuteAsync(state);
        var now = TimeProvider.System.GetUtcNow();

        var accounts = await new ConditionStore(_database).ListAsync(now, now.AddDays(-7), CancellationToken.None);

        Assert.That(accounts, Is.EqualTo(isLookedAt ? [new AccountId(77)] : Array.Empty<AccountId>()));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
