using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AmoLtv.Host.Tests.Scheduling;

/// <summary>Schedules in the real store, seen in its tables.</summary>
[TestFixture, Category("Slow")]
public sealed class ScheduleTests
{
    [Test]
    public async Task Account_gets_its_night_when_connected_moves_it_with_its_time_zone_and_loses_it_with_its_connection()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is { Hour: 0, Minute: < 30 });

        await ExecuteAsync(server, "update accounts set time_zone = 'Asia/Vladivostok'");
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is { Hour: 17, Minute: < 30 });

        await ExecuteAsync(server, "update grants set status = 'lost'");
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is null);
        Assert.That(await CountAsync(server, "select count(*) from runs"), Is.Zero, "Nothing was to run by itself.");
    }

    [Test]
    public async Task Account_is_run_once_when_it_has_just_been_connected()
    {
        await using var server = await HostServer.StartAsync(
            new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"), ("Scheduling:RunWhenConnected", "true"));
        await server.InstallAsync();

        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'finished' and cause = 'connected'") == 1);
        Assert.That(await CountAsync(server, "select count(*) from runs"), Is.EqualTo(1));
    }

    [Test]
    public async Task Missed_night_is_caught_up_once()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is not null);

        // As the store stands after hours in which no process ran.
        await ExecuteAsync(server, "update qrtz_triggers set next_fire_time = next_fire_time - 864000000000 * 2, start_time = start_time - 864000000000 * 2 where trigger_group = 'nights'");
        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'finished' and cause = 'night'") == 1);
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is { } next && next > TimeProvider.System.GetUtcNow());
        Assert.That(await CountAsync(server, "select count(*) from runs"), Is.EqualTo(1));
    }

    /// <summary>As a process leaves it that is killed just as the night begins.</summary>
    [TestCase("delete from qrtz_simple_triggers where trigger_group = 'nights'; delete from qrtz_triggers where trigger_group = 'nights'", TestName = "Night lost by the scheduler is held at once")]
    [TestCase("select", TestName = "Night in whose place the next one was set is held at once")]
    [TestCase("""
        insert into runs (account_id, epoch, cause, steps, as_of, due_at, status, started_at)
        select account_id, 1, 'night', array['sync'], now(), now() - interval '1 minute', 'running', now() from accounts
        """, TestName = "Night whose process died is held again")]
    public async Task Lost(string loss)
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is not null);

        await ExecuteAsync(server, $"{loss}; update account_connections set resumed_at = null; update accounts set connected_at = connected_at - interval '3 days'");

        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'finished' and cause = 'night' and due_at between now() - interval '1 day' and now()") == 1);
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is { } next && next > TimeProvider.System.GetUtcNow());
        Assert.That(await CountAsync(server, "select count(*) from runs where status = 'finished'"), Is.EqualTo(1), "Three had passed: one is held.");
    }

    [Test]
    public async Task Failed_run_is_tried_again_an_hour_later()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is not null);
        await ExecuteAsync(server, "update accounts set confirmed_currency = 'XXX'");

        await server.Services.GetRequiredService<AccountSchedules>().RunNowAsync(server.Account, RunCause.Manual, CancellationToken.None);

        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'failed'") == 1);
        await HostServer.EventuallyAsync(async () => await MomentAsync(server, "now") is { } retry && retry > TimeProvider.System.GetUtcNow().AddMinutes(55));
    }

    [Test]
    public async Task Night_the_scheduler_gave_up_is_set_again_and_runs()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is not null);

        // As the store leaves a due trigger whose job it could not make.
        await ExecuteAsync(server, "update qrtz_triggers set trigger_state = 'ERROR', start_time = start_time - 864000000000 * 2 where trigger_group = 'nights'");

        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'finished' and cause = 'night'") == 1);
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is { } next && next > TimeProvider.System.GetUtcNow());
    }

    [Test]
    public async Task Run_asked_for_at_once_runs_though_the_scheduler_gave_up_an_earlier_one()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is not null);
        await ExecuteAsync(server,
            """
            set session_replication_role = replica;
            update qrtz_triggers set trigger_state = 'ERROR', trigger_group = 'now' where trigger_group = 'nights';
            update qrtz_simple_triggers set trigger_group = 'now' where trigger_group = 'nights';
            reset session_replication_role;
            """);

        await server.Services.GetRequiredService<AccountSchedules>().RunNowAsync(server.Account, RunCause.Manual, CancellationToken.None);

        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'finished' and cause = 'manual'") == 1);
    }

    [Test]
    public async Task Job_of_a_class_that_was_renamed_is_renewed_at_start()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is not null);
        await ExecuteAsync(server, "update qrtz_job_details set job_class_name = 'AmoLtv.Host.Scheduling.Renamed, amoltv' where job_group = 'accounts'");

        await server.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "ReconcileStart").StartAsync(CancellationToken.None);
        await server.Services.GetRequiredService<AccountSchedules>().RunNowAsync(server.Account, RunCause.Manual, CancellationToken.None);

        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'finished' and cause = 'manual'") == 1);
    }

    [Test]
    public async Task Account_whose_settings_cannot_be_read_does_not_stop_the_nights_of_others()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 });
        await server.InstallAsync();
        await ExecuteAsync(server,
            """
            insert into accounts (account_id, base_uri, brand) values (1, 'https://other.amocrm.ru', 'amocrm');
            insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin, status)
                select 1, client_id, access_token, expires_at, granted_by, is_admin, status from grants;
            insert into settings_versions (account_id, version, settings, saved_by, saved_at) values (1, 1, '{"scheduleTime": 5}', 'test', now());
            """);

        await server.Services.GetRequiredService<ReconcileJob>().RunAsync(CancellationToken.None);

        await HostServer.EventuallyAsync(async () => await NightAsync(server) is not null);
    }

    [Test]
    public async Task First_run_is_asked_for_though_the_process_died_after_the_job_had_been_made()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:RunWhenConnected", "true"), ("Scheduling:ReconcileSeconds", "3600"));
        await server.InstallAsync();
        await server.Services.GetRequiredService<AccountSchedules>().AddAsync(server.Account, CancellationToken.None);

        await server.Services.GetRequiredService<ReconcileJob>().RunAsync(CancellationToken.None);

        await HostServer.EventuallyAsync(async () => await CountAsync(server, "select count(*) from runs where status = 'finished' and cause = 'connected'") == 1);
    }

    [Test]
    public async Task Night_that_was_done_is_not_done_again_though_the_scheduler_asks_again()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 });
        await server.InstallAsync();
        var job = server.Services.GetRequiredService<AccountRunJob>();
        var night = TimeProvider.System.GetUtcNow();
        await job.RunAsync(server.Account, RunCause.Night, night, CancellationToken.None);

        await job.RunAsync(server.Account, RunCause.Night, night, CancellationToken.None);
        Assert.That(await CountAsync(server, "select count(*) from runs"), Is.EqualTo(1));

        await job.RunAsync(server.Account, RunCause.Night, night.AddDays(1), CancellationToken.None);
        Assert.That(await CountAsync(server, "select count(*) from runs"), Is.EqualTo(2));
    }

    [Test]
    public async Task Night_that_was_cut_off_is_done_again()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 });
        await server.InstallAsync();
        var job = server.Services.GetRequiredService<AccountRunJob>();
        var night = TimeProvider.System.GetUtcNow();
        await job.RunAsync(server.Account, RunCause.Night, night, CancellationToken.None);
        await ExecuteAsync(server, "update runs set status = 'interrupted'");

        await job.RunAsync(server.Account, RunCause.Night, night, CancellationToken.None);

        Assert.That(await CountAsync(server, "select count(*) from runs where status = 'finished'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Account_whose_last_night_took_long_runs_in_a_lane_of_its_own()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await LaneAsync(server) == "runs");
        await server.Services.GetRequiredService<AccountRunJob>().RunAsync(server.Account, RunCause.Night, null, CancellationToken.None);

        await ExecuteAsync(server, "update runs set started_at = finished_at - interval '11 minutes'");

        await HostServer.EventuallyAsync(async () => await LaneAsync(server) == "long-runs");
    }

    [Test]
    public async Task Service_says_that_it_is_ready_when_database_and_scheduler_are()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 });

        Assert.That(await server.Http.GetStringAsync("health/live"), Is.EqualTo("Healthy"));
        await HostServer.EventuallyAsync(async () => (await server.Http.GetAsync("health/ready")).IsSuccessStatusCode);
    }

    private static Task<DateTimeOffset?> NightAsync(HostServer server) => MomentAsync(server, "nights");

    private static async Task<DateTimeOffset?> MomentAsync(HostServer server, string group)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        var ticks = await connection.QuerySingleOrDefaultAsync<long?>("select next_fire_time from qrtz_triggers where trigger_group = @group", new { group });
        return ticks is { } some ? new DateTimeOffset(some, TimeSpan.Zero) : null;
    }

    private static async Task<string?> LaneAsync(HostServer server)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<string?>("select execution_group from qrtz_triggers where trigger_group = 'nights'");
    }

    private static async Task<long> CountAsync(HostServer server, string sql)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>(sql);
    }

    private static async Task ExecuteAsync(HostServer server, string sql)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
