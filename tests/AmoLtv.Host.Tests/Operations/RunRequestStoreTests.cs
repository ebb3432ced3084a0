using AmoLtv.Core.Identity;
using AmoLtv.Host.Operations;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Operations;

/// <summary>When a run that was asked for is done, when it is wanted again, and what a run says of its undo: over rows of a bare database.</summary>
[TestFixture]
public sealed class RunRequestStoreTests
{
    private static readonly AccountId Account = new(77);

    private NpgsqlDataSource _database = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync() => _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());

    [OneTimeTearDown]
    public async Task DisposeAsync() => await _database.DisposeAsync();

    [SetUp]
    public Task CreateAccountAsync() => ExecuteAsync(
        """
        delete from run_requests; delete from undos; delete from field_writes; delete from runs; delete from accounts;
        insert into accounts (account_id, base_uri, brand, epoch) values (77, 'https://acme.amocrm.ru', 'amocrm', 5);
        insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value values (77, 100, 5, 'manual', '{sync}', 'running', now());
        insert into run_requests (account_id, steps, asked_at, status, attempts, run_id) values (77, '{sync}', now(), 'begun', 1, 100)
        """);

    [TestCase(60, "begun", Description = "its process lost the connection and will renew")]
    [TestCase(40, "begun", Description = "a renewal may be under way")]
    [TestCase(30, "waiting", Description = "a renewal is overdue")]
    [TestCase(-1, "waiting", Description = "the lease is over")]
    public async Task Request_whose_holder_seems_gone_is_wanted_again_only_when_its_renewal_is_overdue(int secondsLeft, string status)
    {
        await ExecuteAsync(
            "update accounts set lease_holder = '1/1', lease_expires_at = clock_timestamp() + make_interval(secs => @secondsLeft)", new { secondsLeft });

        Assert.That(await SettledAsync(), Is.EqualTo(status));
    }

    [Test]
    public async Task Request_whose_holder_lives_goes_on_until_the_lease_is_over()
    {
        await using var holder = await _database.OpenConnectionAsync();
        await holder.ExecuteAsync(
            """
            update accounts set lease_expires_at = clock_timestamp() + interval '20 seconds',
                lease_holder = (select pid || '/' || extract(epoch from backend_start) from pg_stat_activity where pid = pg_backend_pid())
            """);

        Assert.That(await SettledAsync(), Is.EqualTo("begun"));
    }

    [Test]
    public async Task Request_of_a_run_whose_account_was_given_back_is_wanted_again() => Assert.That(await SettledAsync(), Is.EqualTo("waiting"));

    [TestCase("finished", null, "ended")]
    [TestCase("finished", FailureCode.Partial, "ended")]
    [TestCase("failed", "connectionLost", "ended")]
    [TestCase("failed", null, "ended")]
    [TestCase("failed", FailureCode.TakenOver, "waiting")]
    [TestCase("cancelled", FailureCode.Cancelled, "waiting")]
    public async Task Request_is_done_with_its_run_unless_something_else_broke_that_off(string run, string? code, string request)
    {
        await ExecuteAsync("update runs set status = @run, error_code = @code, finished_at = now()", new { run, code });

        Assert.That(await SettledAsync(), Is.EqualTo(request));
    }

    [Test]
    public async Task Request_that_a_person_cancelled_is_done()
    {
        await ExecuteAsync("update runs set status = 'cancelled', cancel_asked_at = now()");

        Assert.That(await SettledAsync(), Is.EqualTo("ended"));
    }

    [Test]
    public async Task Request_is_not_begun_more_than_three_times()
    {
        await ExecuteAsync("update runs set status = 'failed', error_code = 'takenOver'; update run_requests set attempts = 3");

        Assert.That(await SettledAsync(), Is.EqualTo("ended"));
    }

    [TestCase("finished", null, true)]
    [TestCase("running", null, false)]
    [TestCase("failed", "failed", false)]
    [TestCase("failed", "confirmed", true, Description = "a part of it is taken back")]
    public async Task Run_is_called_undone_only_when_something_was_taken_back(string status, string? write, bool isUndone)
    {
        await ExecuteAsync(
            """
            insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value values (77, 101, 5, 'manual', '{undo}', @status, now());
            insert into undos (account_id, run_id, undone_run_id) values (77, 101, 100);
            insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, status) select 77, 101, 3, 1, 1, @write where @write is not null
            """,
            new { status, write });

        var run = await new RunReader(_database, TimeProvider.System).FindAsync(Account, 100, CancellationToken.None);

        Assert.That(run!.UndoneBy, isUndone ? Is.EqualTo(101) : Is.Null);
    }

    private async Task<string> SettledAsync()
    {
        await new RunRequestStore(_database, TimeProvider.System).SettleAsync(CancellationToken.None);
        await using var connection = await _database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<string>("select status from run_requests");
    }

    private async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
