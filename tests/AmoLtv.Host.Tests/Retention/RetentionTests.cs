using System.Globalization;
using AmoLtv.Host.Retention;
using AmoLtv.Host.Tests.Valuing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Tests.Retention;

/// <summary>What is past goes, what is in force stays: over a real schema, with runs of years.</summary>
[TestFixture, Category("Slow")]
public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);
    private NpgsqlDataSource _database = null!;

    /// <summary>Run 1 is 800 days old, run 2 is 300, run 3 is 100, run 4 is of yesterday.</summary>
    [SetUp]
    public async Task StartAsync()
    {
        _database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await ExecuteAsync("insert into accounts (account_id, base_uri, brand, name) values (7, 'https://a.amocrm.ru', 'amocrm', 'A'), (8, 'https://b.amocrm.ru', 'amocrm', 'B')");
        foreach (var (run, days) in new[] { (1, 800), (2, 300), (3, 100), (4, 1) })
        {
            await ExecuteAsync(
                """
                insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value
                values (7, @run, 1, 'night', array['sync'], 'finished', @At);
                insert into run_steps (account_id, run_id, step, status, started_at) values (7, @run, 'sync', 'finished', @At);
                insert into account_values (account_id, run_id, as_of, numbers, calculated_at) values (7, @run, '2026-01-01', '{}', @At);
                insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status, sent_at)
                values (7, @run, 1, 10, 20, 'a', 'b', 'confirmed', @At), (7, @run, 1, 11, 20, 'a', 'b', 'planned', @At);
                """,
                new { run, At = Now.AddDays(-days) });
        }
    }

    [TearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Runs_go_after_their_days_and_written_fields_after_theirs()
    {
        await RoundAsync();

        Assert.That(await ListAsync("select run_id from runs"), Is.EqualTo(new[] { 2, 3, 4 }));
        Assert.That(await ListAsync("select run_id from run_steps"), Is.EqualTo(new[] { 2, 3, 4 }));
        Assert.That(await ListAsync("select run_id from account_values"), Is.EqualTo(new[] { 2, 3, 4 }));
        Assert.That(await ListAsync("select run_id from field_writes where status = 'confirmed'"), Is.EqualTo(new[] { 3, 4 }));
    }

    [Test]
    public async Task Write_that_was_on_its_way_is_kept_until_it_is_settled()
    {
        await RoundAsync();

        Assert.That(await ListAsync("select run_id from field_writes where status = 'planned'"), Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task Newest_numbers_of_an_account_that_nobody_values_any_more_stay()
    {
        await RoundAsync(Now.AddDays(5000));

        Assert.That(await ListAsync("select run_id from account_values"), Is.EqualTo(new[] { 4 }));
        Assert.That(await ListAsync("select run_id from runs"), Is.EqualTo(new[] { 4 }));
    }

    [Test]
    public async Task Results_in_force_stay_however_old_and_those_ended_before_the_period_go()
    {
        // Customer 1 never changed since the first generation; customer 2 was ended by run 2; generation 3 took over.
        await ResultAsync(generation: 1, customer: 1, from: 1, to: null);
        await ResultAsync(generation: 1, customer: 2, from: 1, to: 2);
        await ResultAsync(generation: 1, customer: 2, from: 2, to: null);
        await ResultAsync(generation: 3, customer: 1, from: 3, to: null);
        await ResultAsync(generation: 3, customer: 2, from: 3, to: null);
        await ExecuteAsync("update accounts set generation = 3 where account_id = 7");

        // Between runs 2 and 3: what was in force on the first day of the period is still to be told.
        await RoundAsync(Now.AddDays(760 - 200));
        Assert.That(await ListAsync("select generation * 100 + customer_id * 10 + from_run from customer_results"), Is.EqualTo(new[] { 111, 122, 313, 323 }));

        await RoundAsync(Now.AddDays(760 - 50));
        Assert.That(await ListAsync("select generation * 100 + customer_id * 10 + from_run from customer_results"), Is.EqualTo(new[] { 313, 323 }));

        await RoundAsync(Now.AddDays(9000));
        Assert.That(await ListAsync("select generation * 100 + customer_id * 10 + from_run from customer_results"), Is.EqualTo(new[] { 313, 323 }));
    }

    [Test]
    public async Task Rows_of_other_accounts_and_of_open_matters_stay()
    {
        await ExecuteAsync(
            """
            insert into runs (account_id, run_id, epoch, cause, steps, status, started_at) overriding system value
            values (8, 5, 1, 'night', array['sync'], 'running', '2020-01-01');
            insert into incidents (account_id, kind, opened_at, detail, closed_at) values
                (7, 'nightFailed', '2020-01-01', 'open still', null), (7, 'nightFailed', '2020-01-02', 'over', '2020-01-03');
            insert into run_requests (account_id, steps, asked_at, status) values
                (7, array['sync'], '2020-01-01', 'waiting'), (7, array['sync'], '2020-01-01', 'ended');
            """);

        await RoundAsync();

        Assert.That(await ListAsync("select run_id from runs where account_id = 8"), Is.EqualTo(new[] { 5 }));
        Assert.That(await ListAsync("select count(*) from incidents where detail = 'open still'"), Is.EqualTo(new[] { 1 }));
        Assert.That(await ListAsync("select count(*) from incidents"), Is.EqualTo(new[] { 1 }));
        Assert.That(await ListAsync("select count(*) from run_requests where status = 'waiting'"), Is.EqualTo(new[] { 1 }));
        Assert.That(await ListAsync("select count(*) from run_requests"), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Sessions_go_with_the_next_round_once_they_have_ended()
    {
        await ExecuteAsync(
            """
            insert into session_codes (account_id, code_hash, client_id, user_id, said_at, expires_at) values
                (7, '\x01', 'c', 1, @Now, @Now - interval '1 second'), (7, '\x02', 'c', 2, @Now, @Now + interval '1 second');
            insert into page_sessions (account_id, session_hash, client_id, user_id, said_at, created_at, expires_at) values
                (7, '\x01', 'c', 1, @Now, @Now, @Now - interval '1 second'), (7, '\x02', 'c', 2, @Now, @Now, @Now + interval '1 second');
            """,
            new { Now });

        await RoundAsync();

        Assert.That(await ListAsync("select user_id from session_codes union all select user_id from page_sessions"), Is.EqualTo(new[] { 2, 2 }));
    }

    [Test]
    public async Task Hooks_that_nobody_read_for_a_day_become_one_mark_to_look_for_leads_and_one_for_each_other_thing_that_happened()
    {
        await ExecuteAsync(
            """
            insert into change_marks (account_id, entity_type, entity_id, kind, received_at)
            select account, 2, lead, 0, @Now - interval '25 hours' from generate_series(7, 8) account, generate_series(1, 100) lead
            union all
            select 7, 2, 500, 0, @Now - interval '23 hours'
            union all
            select 7, 1, 600, 1, @Now - interval '25 hours' from generate_series(1, 3);
            insert into change_marks (account_id, entity_type, entity_id, kind, changed_at, received_at)
            select 7, 3, 700, 0, timestamptz '2026-05-01 00:00Z' + hour * interval '1 hour', @Now - interval '25 hours' from unnest(array[1, 3, 2]) hour
            """,
            new { Now });

        await RoundAsync();
        await RoundAsync();

        Assert.That(await ListAsync("select coalesce(entity_id, 0) from change_marks where account_id = 7 and entity_type is not null"), Is.EqualTo(new[] { 500, 600, 700 }));
        Assert.That(
            await ListAsync("select extract(hour from changed_at at time zone 'UTC')::bigint from change_marks where entity_id = 700"),
            Is.EqualTo(new[] { 3 }), "The newest change, whatever came last.");
        Assert.That(await ListAsync("select account_id from change_marks where entity_type is null"), Is.EqualTo(new[] { 7, 8 }));
        Assert.That(await ListAsync("select account_id from change_marks"), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task More_rows_than_a_batch_go_in_one_round()
    {
        await ExecuteAsync(
            """
            insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, status)
            select 7, 1, 1, n, 30, 'confirmed' from generate_series(1, 12000) n
            """);

        await RoundAsync();

        Assert.That(await ListAsync("select count(*) from field_writes where field_id = 30"), Is.EqualTo(new[] { 0 }));
    }

    [TestCase(29, 7, 760, "RunDays")]
    [TestCase(760, 761, 760, "FieldDays")]
    [TestCase(400, 180, 401, "ResultDays")]
    public void Wrong_days_are_refused_with_the_name_of_the_key(int runs, int fields, int results, string key)
    {
        var checkedOptions = new RetentionOptionsCheck().Validate(null, new RetentionOptions { RunDays = runs, FieldDays = fields, ResultDays = results });

        Assert.That(checkedOptions.FailureMessage, Does.Contain($"Retention:{key}"));
    }

    private Task RoundAsync(DateTimeOffset? now = null) => new RetentionJob(
        new RetentionStore(_database), Options.Create(new RetentionOptions()), new FixedTime((now ?? Now).ToString("O", CultureInfo.InvariantCulture)), NullLogger<RetentionJob>.Instance)
        .RunAsync(CancellationToken.None);

    private Task ResultAsync(int generation, int customer, int from, int? to) => ExecuteAsync(
        """
        insert into customer_results (
            account_id, scope, customer_id, from_run, to_run, generation, purchases, revenue, credit_notes, estimated_costs, historical_ltv,
            ltv_kind, is_floored, is_lost)
        values (7, 1, @customer, @from, @to, @generation, 1, 1, 0, 0, 1, 'total', false, false)
        """,
        new { customer, from, to, generation });

    private async Task<IReadOnlyList<long>> ListAsync(string sql)
    {
        await using var connection = await _database.OpenConnectionAsync();
        return (await connection.QueryAsync<long>(sql + (sql.Contains("count(*)", StringComparison.Ordinal) ? "" : " order by 1"))).AsList();
    }

    private async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
