using AmoLtv.Host.Observing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Tests.Valuing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>What the accounts of a database are counted as.</summary>
[TestFixture]
public sealed class CensusTests
{
    private readonly FixedTime _time = new("2026-11-22T12:00:00Z");
    private NpgsqlDataSource _database = null!;

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await SchedulerSchema.ProvisionAsync(_database, CancellationToken.None);
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand, connected_at, synced_at)
            select id, 'https://a' || id || '.amocrm.ru', 'amocrm', @Now - interval '30 days', synced
            from (values (1, @Now - interval '30 minutes'), (2, @Now - interval '40 hours'), (3, @Now - interval '20 days'), (4, null), (5, @Now - interval '3 days'))
                as a (id, synced);
            insert into grants (account_id, client_id, access_token, refresh_token, expires_at, granted_by, is_admin, status, hindrance, issued_at)
            values (1, 'a', '', '', @Now + interval '1 day', 1, true, 'connected', null, @Now - interval '5 days'),
                   (1, 'b', '', '', @Now, 1, true, 'lost', null, @Now - interval '80 days'),
                   (2, 'a', '', null, @Now + interval '12 days', 1, true, 'connected', null, null),
                   (3, 'a', '', '', @Now, 1, true, 'lost', null, @Now),
                   (4, 'a', '', '', @Now, 1, true, 'connected', 'unpaid', @Now);
            insert into change_follows (account_id, followed_at) values (2, @Now - interval '20 hours');
            insert into change_marks (account_id, entity_type, entity_id, kind, received_at)
            values (1, 2, 5, 0, @Now - interval '10 minutes'), (1, 2, 6, 0, @Now - interval '5 minutes');
            insert into stale_customers (account_id, scope, customer_id, is_by_settings) values (1, 1, 7, false);
            insert into account_circuits (account_id, client_id, cause, status, opened_at, probed_at, probe_at)
            values (4, 'a', 'unpaid', 402, @Now, @Now, @Now);
            insert into run_steps (account_id, run_id, step, status, started_at, finished_at)
            select account, run, 'sync', 'interrupted', @Now, @Now from (values (1), (2), (3)) as a (account), generate_series(1, @Forgiven + 1) run
            where account <> 2 or run > 1;
            insert into run_steps (account_id, run_id, step, status, started_at, finished_at) values (3, 90, 'sync', 'finished', @Now, @Now);
            insert into qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery)
            values ('amoltv', '1', 'accounts', 'x', true, true, true, true);
            insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, trigger_state, trigger_type, start_time)
            values ('amoltv', '1', 'nights', '1', 'accounts', @Ticks - 36000000000, 'WAITING', 'SIMPLE', 0),
                   ('amoltv', '2', 'nights', '1', 'accounts', @Ticks + 36000000000, 'WAITING', 'SIMPLE', 0);
            """,
            new { _time.Now, Ticks = _time.Now.UtcTicks, RestRule.Forgiven });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Accounts_that_rest_since_their_runs_end_processes_are_counted()
    {
        // The second ended with its process seldom enough to be forgiven, the third was finished since.
        Assert.That((await ReadAsync()).AccountsThatEndProcesses, Is.EqualTo(1));
    }

    [Test]
    public async Task Accounts_are_counted_by_their_best_grant_and_the_age_of_what_is_known()
    {
        var census = await ReadAsync();

        Assert.That(census.Accounts.Select(row => (row.State, row.Age, row.Accounts, row.OldestSeconds)), Is.EquivalentTo(new[]
        {
            ("connected", "hour", 1L, 1800.0),
            // Followed between its nights: what is known is younger than the last whole sync.
            ("connected", "day", 1L, 72_000.0),
            ("lost", "older", 1L, 1_728_000.0),
            ("unpaid", "never", 1L, 2_592_000.0),
            ("none", "week", 1L, 259_200.0),
        }));
    }

    [Test]
    public async Task Queues_say_how_many_wait_and_since_when()
    {
        var queues = (await ReadAsync()).Queues.ToDictionary(row => row.Queue);

        Assert.That((queues["hooks"].Length, queues["hooks"].OldestSeconds), Is.EqualTo((2L, (double?)600.0)));
        Assert.That(queues["dirty_customers"].Length, Is.EqualTo(1));
        Assert.That((queues["due_runs"].Length, queues["due_runs"].OldestSeconds), Is.EqualTo((1L, (double?)3600.0)), "A night that is yet to come does not wait.");
        Assert.That((queues["asked_runs"].Length, queues["asked_runs"].OldestSeconds), Is.EqualTo((0L, (double?)null)));
    }

    [Test]
    public async Task Grants_say_which_ends_first()
    {
        var grants = (await ReadAsync()).Grants.ToDictionary(row => row.Kind);

        Assert.That(grants["pair"].OldestSeconds, Is.EqualTo(5 * 86_400.0), "A lost grant has no end to wait for.");
        Assert.That(grants["pair"].RemainingSeconds, Is.EqualTo(85 * 86_400.0));
        Assert.That(grants["long_lived"].RemainingSeconds, Is.EqualTo(12 * 86_400.0));
    }

    [Test]
    public async Task Circuits_and_the_size_of_the_database_are_counted()
    {
        var census = await ReadAsync();

        Assert.That(census.Circuits.Select(row => (row.Cause, row.Circuits)), Is.EqualTo(new[] { ("unpaid", 1L) }));
        Assert.That(census.DatabaseBytes, Is.GreaterThan(1_000_000));
    }

    private Task<Census> ReadAsync() => new CensusReader(_database, _time).ReadAsync(CancellationToken.None);
}
