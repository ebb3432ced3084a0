using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Scheduling;

/// <summary>Schedules in the real store, seen in its tables.</summary>
[TestFixture]
public sealed class ScheduleTests
{
    [Test]
    public async Task Account_gets_its_night_when_connected_moves_it_with_its_time_zone_and_loses_it_with_its_connection()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is { Hour: 0, Minute: 0 });

        await ExecuteAsync(server, "update accounts set time_zone = 'Asia/Vladivostok'");
        await HostServer.EventuallyAsync(async () => await NightAsync(server) is { Hour: 17, Minute: 0 });

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
