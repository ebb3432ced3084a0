using System.Globalization;
using System.Net;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>
/// PostgreSQL stopped, frozen and slow while a run is in its middle and cards are opened. How long it is stopped:
/// <c>AMOLTV_OUTAGE_SECONDS</c>, 3 unless told.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class DatabaseOutageTests
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("AMOLTV_OUTAGE_SECONDS") ?? "3", CultureInfo.InvariantCulture));

    /// <summary>Less than a card waits before it is answered that the database is away.</summary>
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(3);

    /// <summary>A failed run is tried again by the hour; the CRM's clock is moved on by steps until it is.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private const int StepsToRetry = 36;

    private const string SlowWrites =
        """
        create function slow_disk() returns trigger language plpgsql as $$ begin perform pg_sleep(0.05); return null; end $$;
        do $$
        declare slow regclass;
        begin
            for slow in select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'request_permits' loop
                execute format('create trigger slow_disk after insert or update or delete on %s for each statement execute function slow_disk()', slow);
            end loop;
        end $$;
        """;

    private PostgresCluster _cluster = null!;
    private TroubledService _service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _cluster = await PostgresCluster.StartAsync();
        _service = await TroubledService.StartAsync(await _cluster.CreateDatabaseAsync());
        Assert.That((await _service.RunAsync()).Error, Is.Null);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _service.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [SetUp]
    public async Task BeginAsync()
    {
        // The test before may have moved the clock, and the service asks the time twice a second: until then a new token is of the future.
        await HostServer.EventuallyAsync(async () => (await _service.OpenCardAsync()).Status == HttpStatusCode.OK);
        await _service.EditAsync(seed: TestContext.CurrentContext.Test.Name.Length);
        await _service.SlowCrmAsync(milliseconds: 300);
    }

    [Test]
    public async Task Cards_are_right_or_refused_in_words_while_PostgreSQL_is_stopped_and_the_run_it_cut_is_done_again_by_itself()
    {
        var (_, version) = await _service.OpenCardAsync();
        var finished = await FinishedAsync();
        await _service.BeginRunAsync();

        await _cluster.StopServerAsync();
        var meanwhile = await WatchAsync(Away);
        await _cluster.StartServerAsync();
        await HostServer.EventuallyAsync(async () => (await _service.OpenCardAsync()).Status == HttpStatusCode.OK);
        await _service.HealCrmAsync();

        // Beyond the hourly retry, and not as far as the account's own night; a step a second, for the retry may be noted late.
        var steps = 0;
        await HostServer.EventuallyAsync(async () =>
        {
            if (steps++ < StepsToRetry)
            {
                await _service.MoveClockAsync(Step);
                await Task.Delay(TimeSpan.FromSeconds(1));
            }

            return await FinishedAsync() > finished;
        });
        Assert.That(meanwhile, Is.Not.Empty);
        Assert.That(meanwhile, Has.All.EqualTo((HttpStatusCode.OK, version)).Or.EqualTo((HttpStatusCode.ServiceUnavailable, "databaseUnavailable")));
        Assert.That(meanwhile.Select(card => card.Status), Does.Contain(HttpStatusCode.ServiceUnavailable));
        Assert.That(_service.WrongSums(), Is.Empty);
        Assert.That(await _service.CountAsync("select count(*) from runs where status = 'running'"), Is.Zero);
        Assert.That(await FinishedAsync(), Is.EqualTo(finished + 1), "What was done again was done twice.");
    }

    [Test]
    public async Task Cards_wait_for_a_server_that_stands_still_for_seconds_and_the_run_goes_on()
    {
        var (_, version) = await _service.OpenCardAsync();
        var (finished, all) = (await FinishedAsync(), await _service.CountAsync("select count(*) from runs"));
        await _service.BeginRunAsync();

        Task<(HttpStatusCode Status, string? Said)> card;
        using (StoppedCluster.Stop(_cluster))
        {
            card = _service.OpenCardAsync();
            await Task.Delay(Frozen);
            Assert.That(card.IsCompleted, Is.False, "The server was not asked.");
        }

        await _service.HealCrmAsync();
        Assert.That(await card, Is.EqualTo((HttpStatusCode.OK, version)));
        await HostServer.EventuallyAsync(async () => await FinishedAsync() == finished + 1);
        Assert.That(await _service.CountAsync("select count(*) from runs"), Is.EqualTo(all + 1), "The run was not the one that had begun.");
        Assert.That(_service.WrongSums(), Is.Empty);
    }

    /// <summary>
    /// A disk cannot be slowed down everywhere: each statement that writes to a table of accounts waits
    /// instead, but for those that lease turns at the CRM: by a clock ten times as fast their wait would count tenfold.
    /// </summary>
    [Test]
    public async Task Disk_that_takes_its_time_for_each_write_makes_a_run_late_and_nothing_else()
    {
        await _service.HealCrmAsync();
        await _service.ExecuteAsync(SlowWrites);
        var began = TimeProvider.System.GetTimestamp();
        var outcome = await _service.RunAsync();
        var card = await _service.OpenCardAsync();
        await _service.ExecuteAsync("drop function slow_disk() cascade");

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The run took {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s."));
        Assert.That(outcome.Error, Is.Null);
        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.GreaterThan(TimeSpan.FromSeconds(1)), "The disk was not slow.");
        Assert.That(card.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_service.WrongSums(), Is.Empty);
    }

    /// <summary>Opens the card again and again.</summary>
    private async Task<IReadOnlyList<(HttpStatusCode Status, string? Said)>> WatchAsync(TimeSpan span)
    {
        var (seen, began) = (new List<(HttpStatusCode, string?)>(), TimeProvider.System.GetTimestamp());
        while (TimeProvider.System.GetElapsedTime(began) < span)
        {
            seen.Add(await _service.OpenCardAsync());
            await Task.Delay(50);
        }

        return seen;
    }

    private Task<long> FinishedAsync() => _service.CountAsync("select count(*) from runs where status = 'finished'");
}
